"""Journeys of the lake's events in somebody's scope. What counts them is loaded by the first question."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from remit.core.scope import Scope
from remit.core.unanswered import CannotAnswer
from remit.journeys.event_index.manifest import CannotIndex
from remit.lake.queries import the_lake

if TYPE_CHECKING:
    from remit.journeys.event_index.opened import Index
    from remit.journeys.offering import Offer
    from remit.journeys.people import People

# kinds of questions; a test holds them beside what ``journeys.asking`` can answer
KINDS = ("funnel", "retention", "attribution", "paths", "sessions", "stickiness", "lifecycle", "sequence")
NUMBERS = ("funnel", "retention", "sessions")  # kinds with one number that can be watched


def events_in(scope: Scope, within: Scope | None = None) -> "Index":
    """The events that a scope opens, brought up to date. Raise CannotAnswer."""
    from remit.journeys.event_index.of_lake import index_of_lake  # late: it loads numba

    try:
        return index_of_lake(the_lake(), Path(settings.HOME) / "events-index", scope, within)
    except CannotIndex as error:
        raise CannotAnswer(str(error)) from error


def read_journey(kind: str, said: Any) -> Any:
    """The question of a kind, from plain data as a page of specification has it. Raise CannotAnswer."""
    from remit.journeys.asking import KINDS as HOW  # late: it loads numba

    return HOW[kind].read(said)


def journey(kind: str, question: Any, index: "Index") -> dict[str, Any]:
    """The answer as plain data. Raise CannotAnswer."""
    from remit.journeys.asking import KINDS as HOW  # late: it loads numba
    from remit.journeys.writing import index_data  # late as well

    return {"events": index_data(index), **HOW[kind].answer(index, question)}


def offer_of(index: "Index") -> "Offer":
    """What can be asked about these events."""
    from remit.journeys import offering  # late: it loads numba

    return offering.offer_of(index)


def titled(index: "Index", column: str, titles: Mapping[str, str]) -> "Index":
    """The events with other words for values of a column."""
    from remit.journeys import offering  # late: it loads numba

    return offering.titled(index, column, titles)


def people_behind(kind: str, question: Any, index: "Index", place: int, then: str) -> "People":
    """People of a funnel's step (from 1; ``then``: gone) or of a cohort (from 0; ``then``: periods after).

    Raise CannotAnswer.
    """
    from remit.journeys import people  # late: it loads numba

    if kind == "funnel":
        return people.people_at(index, question, place, gone=then == "gone")
    return people.people_of(index, question, place, int(then) if then.isdecimal() else None)


def has_number(kind: str, spec: Mapping[str, Any]) -> bool:
    """Whether an answer has one number that can be watched."""
    return kind in NUMBERS and (kind != "sessions" or "goal" in spec)


def watched_number(saved: Mapping[str, Any], scope: Scope, within: Scope, zone: str) -> float | None:
    """The number of a kept question; none where nobody is counted. Raise CannotAnswer."""
    kind = saved["journey"]
    question = read_journey(kind, {**saved["spec"], "zone": zone})
    return number_of(kind, journey(kind, question, events_in(scope, within)))


def number_of(kind: str, data: Mapping[str, Any]) -> float | None:
    """The one number of an answer, a share: who reaches the last step, comes back next, reaches the goal."""
    if kind == "funnel":
        share: float | None = data["steps"][-1]["of_first"]
        return share
    if kind == "retention":
        return next((row["share"] for row in data["all"] if row["after"] == 1), None)
    return data["goal"]["share"] if kind == "sessions" and "goal" in data else None
