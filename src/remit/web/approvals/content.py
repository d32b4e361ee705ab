"""What is signed, drawn for people: titles, amounts, days and names instead of plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.text import in_a_row
from remit.goals.queries.goals import titles_of
from remit.governance.kinds import Answer, Kind, Part, kind_of
from remit.metrics.queries.definitions import catalogue
from remit.org.queries.over_time import project_with_code
from remit.org.queries.people import people_by_id
from remit.org.queries.positions import position_titles
from remit.org.queries.units import units_by_code
from remit.planning.enums import MeasureKind

from .. import numbers
from ..audiences import listed
from ..templatetags.figures import day, say
from .words import language

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the content; ``before``: what it was, where it differs."""

    title: str
    text: str
    before: str | None = None


def lines_of(kind: Kind, content: Mapping[str, Any]) -> list[Line]:
    """Every part that says something, in the order of the kind."""
    return _lines(kind.parts, content)


def answer_lines(kind: Kind, answer: Answer | None) -> list[Line]:
    """What the asked side says, in the order of the kind; nothing where there is no answer."""
    return _lines(kind.answering.parts, answer.content) if kind.answering and answer else []


def _lines(parts: Mapping[str, Part], content: Mapping[str, Any]) -> list[Line]:
    found = []
    for name, part in parts.items():
        value = content.get(name)
        if part.form == "changes" and value:
            found += changed_lines(kind_of(part.of), {n: tuple(pair) for n, pair in value.items()}, content)
        elif value not in (None, "", [], {}):
            found.append(Line(str(part.title), written(part, value, content)))
    return found


def changed_lines(
    kind: Kind, changes: Mapping[str, tuple[Any, Any]], content: Mapping[str, Any]
) -> list[Line]:
    """What differs, with what it was; names that the kind does not know stand as they are."""
    found = []
    for name, (was, now) in changes.items():
        part = kind.parts.get(name, Part(name))
        found.append(Line(str(part.title), written(part, now, content), written(part, was, content)))
    return found


def written(part: Part, value: Any, content: Mapping[str, Any]) -> str:
    """One value by its form."""
    if value in (None, "", []):
        return NOTHING
    match part.form:
        case "money":
            return numbers.money(Decimal(value), str(content.get("currency", "")))
        case "day":
            return str(day(date.fromisoformat(value)))
        case "choice":
            return str(part.options.get(value, value))
        case "person":
            person = people_by_id([value]).get(value)
            return str(say(person)) if person else NOTHING
        case "unit":
            unit = units_by_code([value]).get(value)
            return str(unit.title(language())) if unit else str(value)
        case "position":
            return position_titles([value], language()).get(value, str(value))
        case "project":
            project = project_with_code(str(value))
            return str(project.title(language())) if project else str(value)
        case "measures":
            return "\n".join(_measure(*row, content=content) for row in value)
        case "objectives":
            return _objectives(value)
        case "audience_list":
            return listed(value)
        case "list":
            return in_a_row(map(str, value), get_language())
    return str(value)


def _objectives(rows: Sequence[Sequence[Any]]) -> str:
    titles = titles_of(goal for goal, _share in rows)
    return "\n".join(f"{numbers.grouped(Decimal(share))}% {titles.get(goal, goal)}" for goal, share in rows)


def _measure(kind: str, title: str, metric: str, target: str, *, content: Mapping[str, Any]) -> str:
    known = catalogue().get(metric)
    unit = str(known.unit) if known else ""
    figure = numbers.figure(
        Decimal(target), unit, currency=str(content.get("currency", "")), language=language(), brief=False
    )
    label = MeasureKind(kind).label
    return _("%(kind)s: %(title)s, target %(figure)s") % {"kind": label, "title": title, "figure": figure}
