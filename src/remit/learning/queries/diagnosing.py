"""What a diagnosis rests on, read from data: a figure as it stands, a remedy's figure before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from remit.audit.chain import plain
from remit.core.period import Period
from remit.core.scope import Scope
from remit.metrics.engine.answer import Answer
from remit.metrics.engine.question import Question
from remit.metrics.queries.definitions import catalogue
from remit.metrics.queries.figures import ask
from remit.metrics.saved import question_of
from remit.org.models import Unit
from remit.org.queries.scopes import within

from ..enums import Outcome
from ..models import Remedy

ROWS_MOST = 200


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
    (answer,) = ask(question_of(question, within([unit]), narrowed))
    return {
        "columns": [
            {"name": one.name, "kind": one.kind, "title": [one.title.zh_hant, one.title.en], "unit": one.unit}
            for one in answer.columns
        ],
        "rows": [[plain(value) for value in row] for row in answer.rows[:ROWS_MOST]],
        "left_out": max(0, len(answer.rows) - ROWS_MOST),
        "period": str(answer.period or ""),
        "last_day": answer.last_day.isoformat() if answer.last_day else "",
    }


def look_at(remedy: Remedy, unit: Unit) -> Look | None:
    """None while the data do not reach the day before the check, or nothing was done."""
    days = remedy.days_after()
    if days is None or remedy.done_on is None:
        return None
    first, last = days
    if remedy.metric not in catalogue():
        return Look(Outcome.UNKNOWN)
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
