"""What a diagnosis rests on, read from data: a figure as it stands, a remedy's figure before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from remit.audit.chain import plain
from remit.core.period import Period
from remit.core.scope import Scope
from remit.core.text import Text
from remit.metrics.engine.answer import Answer, AnswerColumn
from remit.metrics.engine.question import Question
from remit.metrics.queries.definitions import catalogue
from remit.metrics.queries.figures import ask
from remit.metrics.queries.journeys import events_in, journey, read_journey
from remit.metrics.saved import is_journey, question_of
from remit.org.models import Unit
from remit.org.queries.scopes import within
from remit.org.queries.today import today
from remit.org.queries.zones import zone_on

from ..enums import Outcome
from ..models import Clue, Diagnosis, Remedy, Why

ROWS_MOST = 200
READ: Mapping[str, Any] = {"integer": int, "decimal": Decimal, "date": date.fromisoformat}


@dataclass(frozen=True, slots=True)
class Look:
    """A remedy's figure in as many days before as after, and the change as a share."""

    outcome: Outcome
    before: Decimal | None = None
    after: Decimal | None = None
    found: Decimal | None = None


def frozen(question: Mapping[str, Any], unit: Unit, narrowed: Scope | None) -> dict[str, Any]:
    """The answer as plain data, of the rows of ``unit``: whoever sees the diagnosis sees all of them.

    ``narrowed``: the unit that the question itself names. Raise a CannotAnswer with a sentence.
    """
    scope = within([unit])
    if is_journey(question):
        asked = read_journey(question["journey"], {**question["spec"], "zone": zone_on(unit, today()).key})
        return {"journey": journey(question["journey"], asked, events_in(scope, narrowed))}
    (answer,) = ask(question_of(question, scope, narrowed))
    return {
        "columns": [_kept(one) for one in answer.columns],
        "rows": [[plain(value) for value in row] for row in answer.rows[:ROWS_MOST]],
        "left_out": max(0, len(answer.rows) - ROWS_MOST),
        "period": [plain(answer.period.first), plain(answer.period.last)] if answer.period else [],
        "last_day": answer.last_day.isoformat() if answer.last_day else "",
    }


def _kept(column: AnswerColumn) -> dict[str, Any]:
    words = {"title": [column.title.zh_hant, column.title.en]}
    names = ("name", "kind", "type", "unit", "currency", "of", "digits")
    return words | {name: getattr(column, name) for name in names}


def thawed(kept: Mapping[str, Any]) -> Answer:
    """A figure's answer as it stood, of what ``frozen`` kept; not one about journeys."""
    columns = tuple(AnswerColumn(**{**one, "title": Text(*one["title"])}) for one in kept["columns"])
    rows = [
        tuple(READ.get(column.type, str)(value) if value is not None else None
              for column, value in zip(columns, row, strict=True))
        for row in kept["rows"]
    ]  # fmt: skip
    days = [date.fromisoformat(day) for day in kept["period"]]
    return Answer(columns, rows, period=Period(*days) if days else None)


def clues_of(whys: Iterable[Why]) -> list[Clue]:
    """What these whys rest on, in the order in which it was given."""
    rows = Clue.objects.filter(why__in=[why.pk for why in whys])
    return list(rows.select_related("by", "experiment").order_by("pk"))


def with_effects(rows: QuerySet[Diagnosis], *, read: bool) -> QuerySet[Diagnosis]:
    """The diagnoses of which an effect was read, or is still to be."""
    acts = Remedy.objects.filter(why__diagnosis=OuterRef("pk"), dropped_for="")
    return rows.filter(Exists(acts.filter(read_at__isnull=not read)))


def look_at(remedy: Remedy, unit: Unit) -> Look | None:
    """None while nothing was done, or the data do not reach the day before the check."""
    days = remedy.days_after()
    if remedy.done_on is None:
        return None
    if days is None or remedy.metric not in catalogue():  # no day lies between, or the figure is gone
        return Look(Outcome.UNKNOWN)
    first, last = days
    length = (last - first).days + 1
    earlier = Period(remedy.done_on - timedelta(days=length), remedy.done_on - timedelta(days=1))
    scope = within([unit])
    asked = [Question((remedy.metric,), scope, period=one) for one in (earlier, Period(first, last))]
    before, after = ask(*asked)
    if after.last_day is None or after.last_day < last:
        return None
    return _judged(_single(before, remedy.metric), _single(after, remedy.metric), remedy.expected)


def _judged(before: Decimal | None, after: Decimal | None, expected: Decimal) -> Look:
    if before is None or after is None or before <= 0:
        return Look(Outcome.UNKNOWN, before, after)
    found = after / before - 1
    held = found <= expected if expected < 0 else found >= expected
    return Look(Outcome.HELD if held else Outcome.LESS, before, after, found)


def _single(answer: Answer, metric: str) -> Decimal | None:
    """The one figure; none where there is none, or one for each of several currencies."""
    if len(answer.rows) != 1:
        return None
    value = answer.value(metric)
    return None if value is None else Decimal(str(value))
