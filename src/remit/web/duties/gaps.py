"""Gaps and load: what is wrong with the division of duties in the units that one sees, live."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.duties.actions.gap import NobodyToAsk, ask_to_mend
from remit.duties.deciding import Facts, Kind, doing, findings, loads, merged, reallocations
from remit.duties.queries.company import facts_on
from remit.duties.rules import charges_visible_to
from remit.org.models import Person, Unit
from remit.org.queries.people import people_by_id
from remit.org.queries.positions import positions_by_id
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from ..who import who
from .findings import TITLES, Duties, Line, lines_of
from .reader import Reader
from .titles import language

SHOWN_MAX = 12  # of a kind, until one asks for that kind alone


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one kind."""

    kind: Kind
    title: str
    lines: list[Line]
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Move:
    """Two duties (title and address) of the same effort, what each attained, and who should look at it."""

    better: tuple[str, str]
    worse: tuple[str, str]
    hours: float
    high: float
    low: float
    fixer: Person | None
    fix_url: str


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A person's hours a month. ``part``: of what they have, in percent."""

    person: Person
    hours: float
    limit: float
    charges: int
    part: int
    url: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Findings by kind, each with its fix; loads; and where effort could move."""
    person, on = who(request), today()
    seen = {unit.pk: unit for unit in units_visible_to(person, on).order_by("path")}
    kind, unit = _chosen(request, seen)
    chosen = {unit: seen[unit]} if unit else seen
    facts = facts_on(on)
    duties = Duties.of(charges_visible_to(person, on, facts.organisation))
    reader = Reader.of(person, chosen, on)
    lines = lines_of(findings(facts, on), chosen, duties, reader)
    context = {
        "groups": _groups(lines, kind, unit), "filtered": _query(kind, unit), "total": len(lines),
        "owed": any(each.unit in chosen for each in facts.owed),
        "kind": kind, "unit": unit,
        "units": [("　" * (one.depth - 1), one) for one in seen.values()], "kinds": list(TITLES.items()),
        "loads": _loads(facts, chosen, reader, on), "moves": _moves(facts, duties, on),
        "about": _about(request.GET.get("person", ""), facts, chosen, duties, reader, on),
    }  # fmt: skip
    return render(request, "duties/gaps.html", context)


@require_POST
def asking(request: HttpRequest) -> HttpResponse:
    """Ask those who can to mend a finding that one sees and cannot mend oneself."""
    person, on, at = who(request), today(), timezone.now()
    units = {unit.pk: unit for unit in units_visible_to(person, on)}
    key = request.POST.get("key", "")
    page_again = f"{reverse('duties_gaps')}?{_query(*_chosen(request, units))}"
    found = next(
        (f for f in merged(findings(facts_on(on), on)) if f.key_text == key and f.unit in units), None
    )
    if found is None:
        messages.info(request, _("This gap is gone already."))
        return redirect(page_again)
    about = positions_by_id({found.vacant or 0}) | people_by_id({found.one_too_many or 0})
    able = Reader.of(person, units, on).to_ask(found, units[found.unit], next(iter(about.values()), None))
    try:
        asked = ask_to_mend(finding=found, people=able, by=person, at=at)
    except NobodyToAsk as error:
        messages.error(request, str(error))
    else:
        names = _(", ").join(one.title(language()) for one in asked)
        messages.success(request, _("Asked: %s.") % names)
    return redirect(page_again)


def _chosen(request: HttpRequest, units: Mapping[int, Unit]) -> tuple[Kind | None, int | None]:
    """The kind and the unit that the page is narrowed to."""
    kind, unit = request.GET.get("kind", ""), request.GET.get("unit", "")
    return Kind(kind) if kind in set(Kind) else None, next((pk for pk in units if str(pk) == unit), None)


def _query(kind: Kind | None, unit: int | None) -> str:
    return urlencode(({"kind": kind.value} if kind else {}) | ({"unit": unit} if unit else {}))


def _groups(lines: list[Line], kind: Kind | None, unit: int | None) -> list[Group]:
    found = []
    for each, title in TITLES.items():
        mine = [line for line in lines if line.kind == each]
        if mine and kind in (None, each):
            url = f"{reverse('duties_gaps')}?{_query(each, unit)}"
            found.append(Group(each, str(title), mine if kind else mine[:SHOWN_MAX], len(mine), url))
    return found


def people_in(facts: Facts, units: Iterable[int], on: date) -> set[int]:
    """Who holds a post in these units on a day."""
    then = facts.organisation
    inside = set(units)
    return {post.person for post in then.posts if post.unit in inside and then.counts(post, on)}


def _loads(facts: Facts, units: Mapping[int, Unit], reader: Reader, on: date) -> list[LoadRow]:
    inside = people_in(facts, units, on) & reader.sees
    rows = [row for row in loads(facts, on) if row.person in inside]
    known = people_by_id({row.person for row in rows})
    return [
        LoadRow(
            known[row.person], row.hours, row.limit, len(row.charges),
            round(100 * row.hours / row.limit) if row.limit else 100 if row.hours else 0,
            f"{reverse('duties_gaps')}?person={row.person}#load",
        )
        for row in rows
    ]  # fmt: skip


def _about(
    asked: str, facts: Facts, units: Mapping[int, Unit], duties: Duties, reader: Reader, on: date
) -> tuple[Person, list[tuple[str, str, float]]] | None:
    """One person's duties with their hours a month, heaviest first; only of a person in these units whom one
    sees."""
    inside = {str(pk): pk for pk in people_in(facts, units, on) & reader.sees}
    if asked not in inside:
        return None
    rows = []
    for owed in facts.owed:
        people = doing(owed, facts.organisation, on)
        if inside[asked] in people and owed.charge in duties.names:
            rows.append((*duties.names[owed.charge], owed.hours / len(people)))
    return people_by_id([inside[asked]])[inside[asked]], sorted(rows, key=lambda row: -row[2])


def _moves(facts: Facts, duties: Duties, on: date) -> list[Move]:
    """Of duties that the person sees."""
    seen = duties.names.keys()
    found = [each for each in reallocations(facts, on) if {each.better, each.worse} <= seen][:SHOWN_MAX]
    people = people_by_id({each.fixer for each in found if each.fixer}) if found else {}
    return [
        Move(
            duties.names[each.better], duties.names[each.worse], each.hours, each.better_attained,
            each.worse_attained, people.get(each.fixer or 0), _proposing(duties.names[each.worse][0]),
        )
        for each in found
    ]  # fmt: skip


def _proposing(title: str) -> str:
    """Where another effort of a duty is proposed, with the form open."""
    return f"{reverse('duties_duty', args=[title.split(' ')[0]])}?form=propose#propose"
