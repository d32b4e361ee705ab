"""The organisation drawn: units from left to right, with who holds what and what is vacant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.duties.queries.needed import positions_needed
from remit.org.models import Assignment, Position, Unit
from remit.org.queries.organisation import organisation_on
from remit.org.queries.over_time import holders_by_unit
from remit.org.queries.positions import all_positions
from remit.org.queries.today import today
from remit.org.rules import people_visible_to, units_visible_to

from ..drawing import fitted
from ..who import who

# Pixels: a box and what lies between boxes; a line of a box, its head, and the room for text.
BOX, ACROSS, BETWEEN, LINE, HEAD, PAD = 264, 44, 14, 22, 34, 6
ROOM, MOST = 34, 7  # places of a line (a Chinese character takes two); lines of a box


@dataclass(frozen=True, slots=True)
class Line:
    """A position in a unit with a holder, or vacant although a duty needs it."""

    position: str
    person: str
    url: str
    is_head: bool = False
    is_vacant: bool = False
    y: int = 0

    @property
    def said(self) -> str:
        return f"{self.person}　{self.position}" if self.person else _("%s: vacant") % self.position

    @property
    def label(self) -> str:
        return fitted(self.said, ROOM)


@dataclass(slots=True)
class Box:
    """A unit as drawn: ``x``, ``y`` of its upper left corner; ``level``: how far below the topmost shown."""

    unit: Unit
    title: str
    url: str
    lines: list[Line]
    level: int = 0
    x: int = 0
    y: int = 0
    below: list["Box"] = field(default_factory=list)

    @property
    def shown(self) -> list[Line]:
        """The lines that the box has room for, each with its place."""
        return [
            Line(one.position, one.person, one.url, one.is_head, one.is_vacant, self.y + HEAD + n * LINE + 14)
            for n, one in enumerate(self.lines[:MOST])
        ]

    @property
    def more(self) -> int:
        return max(0, len(self.lines) - MOST)

    @property
    def more_y(self) -> int:
        return self.y + HEAD + MOST * LINE + 14

    @property
    def height(self) -> int:
        return HEAD + min(len(self.lines), MOST + 1) * LINE + (PAD if self.lines else 0)

    @property
    def label(self) -> str:
        return fitted(self.title, ROOM - 3)

    @property
    def curves(self) -> list[str]:
        """A line to each unit below, as a path from side to side."""
        x, y = self.x + BOX, self.y + HEAD // 2
        middle = x + ACROSS // 2
        return [f"M{x} {y}H{middle}V{each.y + HEAD // 2}H{each.x}" for each in self.below]


@require_GET
def chart(request: HttpRequest) -> HttpResponse:
    """The units of one's subtrees: heads and holders today, and vacant positions that a duty needs."""
    units = list(units_visible_to(who(request)).order_by("path"))
    tops = _tree(units, _lines(request, units))
    height = 0
    for top in tops:
        height = _place(top, 0, height)
    boxes = [box for top in tops for box in _walk(top)]
    deepest = max((box.level for box in boxes), default=0)
    context = {
        "tops": tops,
        "boxes": boxes,
        "width": (deepest + 1) * (BOX + ACROSS) - ACROSS,
        "height": max(height - BETWEEN, 1),
        "box": BOX,
        "vacant": sum(line.is_vacant for box in boxes for line in box.lines),
    }
    return render(request, "org/chart.html", context)


def _lines(request: HttpRequest, units: Sequence[Unit]) -> dict[int, list[Line]]:
    """What each unit's box says; a fixed number of queries."""
    on, language = today(), get_language() or "zh-hant"
    organisation = organisation_on(on)
    counting = {post.id for post in organisation.posts if organisation.counts(post, on)}
    held = holders_by_unit(units, on)
    people = {post.person_id for posts in held.values() for post in posts}
    known = set(people_visible_to(who(request)).filter(pk__in=people).values_list("pk", flat=True))
    positions = {position.pk: position for position in all_positions()}
    found = {
        unit: [_holder(post, post.person_id in known, language) for post in posts if post.pk in counting]
        for unit, posts in held.items()
    }
    for unit, position in sorted(positions_needed([unit.pk for unit in units], on)):
        if not organisation.holders(position, unit, on):
            found.setdefault(unit, []).append(_vacancy(positions[position], language))
    # What a box has no room for is neither who leads nor what is missing.
    return {
        unit: sorted(lines, key=lambda one: not (one.is_head or one.is_vacant))
        for unit, lines in found.items()
    }


def _holder(post: Assignment, is_known: bool, language: str) -> Line:
    url = reverse("org_person", args=[post.person_id]) if is_known else ""
    return Line(post.position.title(language), post.person.title(language), url, post.position.leads)


def _vacancy(position: Position, language: str) -> Line:
    return Line(position.title(language), "", "", is_vacant=True)


def _tree(units: Sequence[Unit], lines: Mapping[int, list[Line]]) -> list[Box]:
    """Boxes below boxes; units come by path, so that each parent comes before its children."""
    language = get_language() or "zh-hant"
    known: dict[str, Box] = {}
    tops = []
    for unit in units:
        url = reverse("org_unit", args=[unit.pk])
        box = known[unit.path] = Box(unit, unit.title(language), url, lines.get(unit.pk, []))
        above = known.get(unit.path[: -Unit.steplen])
        if above is None:
            tops.append(box)
        else:
            box.level = above.level + 1
            above.below.append(box)
    return tops


def _place(box: Box, level: int, top: int) -> int:
    """Put a box with everything below it from ``top`` on; return where the next one may begin."""
    box.x, box.y = level * (BOX + ACROSS), top
    end = top
    for each in box.below:
        end = _place(each, level + 1, end)
    return max(end, top + box.height + BETWEEN)


def _walk(box: Box) -> Iterator[Box]:
    yield box
    for each in box.below:
        yield from _walk(each)
