"""Funnels, retention and the names of columns, read from a page of specification."""

from typing import Any

from remit.kernels.journeys.columns import STEPS_MAX

from .reader import Reader, WrongJourney
from .specification import (
    Attribution,
    Breakdown,
    Columns,
    Exclusion,
    Funnel,
    Order,
    Retention,
    Step,
    Ties,
    Unit,
)

EXCLUSIONS_MAX = 8


def read_columns(said: Any) -> Columns:
    """The part ``events`` of a page: how the columns of a file are called."""
    page = Reader(said, "events", "person time event zone")
    fields = Columns()
    return Columns(
        person=page.text("person", fields.person),
        at=page.text("time", fields.at),
        event=page.text("event", fields.event),
        zone=page.zone(),
    )


def read_funnel(said: Any) -> Funnel:
    """The part ``funnel`` of a page. Raise WrongJourney."""
    keys = "steps window order ties first_only exclude breakdown period zone"
    page = Reader(said, "funnel", keys)
    steps = tuple(read_step(one, f"funnel.steps[{n}]") for n, one in enumerate(page.many("steps"), 1))
    exclude = tuple(
        _exclusion(one, f"funnel.exclude[{n}]", len(steps))
        for n, one in enumerate(page.many("exclude", needed=False), 1)
    )
    funnel = Funnel(
        steps=steps,
        window_s=page.seconds("window", "7 days"),
        order=page.choice("order", Order.ORDERED),
        ties=page.choice("ties", Ties.TOGETHER),
        first_only=page.flag("first_only"),
        exclude=exclude,
        breakdown=_breakdown(page.said["breakdown"]) if "breakdown" in page.said else None,
        period=page.period(),
        zone=page.zone(),
    )
    _check(funnel)
    return funnel


def read_retention(said: Any) -> Retention:
    """The part ``retention`` of a page. Raise WrongJourney."""
    page = Reader(said, "retention", "start return unit by counting period zone")
    for key, words in (("by", ("first", "each")), ("counting", ("bounded", "rolling"))):
        if page.said.get(key, words[0]) not in words:
            raise page.wrong(key, f"write {' or '.join(words)}")
    return Retention(
        start=page.texts("start"),
        back=page.texts("return"),
        unit=page.choice("unit", Unit.WEEK),
        each=page.said.get("by") == "each",
        rolling=page.said.get("counting") == "rolling",
        period=page.period(),
        zone=page.zone(),
    )


def read_step(said: Any, place: str) -> Step:
    """A step; a name alone stands for its event."""
    page = Reader({"event": said} if isinstance(said, str) else said, place, "event name where optional")
    events = page.texts("event")
    return Step(events, page.text("name", " / ".join(events)), page.where(), page.flag("optional"))


def _exclusion(said: Any, place: str, steps: int) -> Exclusion:
    page = Reader({"event": said} if isinstance(said, str) else said, place, "event where after before")
    after = page.number("after", 1, 1, max(steps - 1, 1))
    before = page.number("before", max(steps, 2), after + 1, max(steps, 2))
    return Exclusion(page.texts("event"), after, before, page.where())


def _breakdown(said: Any) -> Breakdown:
    page = Reader({"column": said} if isinstance(said, str) else said, "funnel.breakdown", "column by top")
    if "column" not in page.said:
        raise page.wrong("column", "write the name of a column")
    by = page.choice("by", Attribution.FIRST)
    return Breakdown(page.text("column", ""), by, page.number("top", 10, 1, 1000))


def _check(funnel: Funnel) -> None:
    """What does not go together."""
    if len(funnel.steps) > STEPS_MAX:
        raise WrongJourney(f"funnel.steps: {len(funnel.steps)} steps; at most {STEPS_MAX}.")
    if len(funnel.exclude) > EXCLUSIONS_MAX:
        raise WrongJourney(f"funnel.exclude: {len(funnel.exclude)} exclusions; at most {EXCLUSIONS_MAX}.")
    optional = [step.optional for step in funnel.steps]
    if optional[0] or optional[-1]:
        raise WrongJourney("funnel.steps: the first and the last step cannot be optional.")
    if funnel.order is Order.ANY and (any(optional) or funnel.first_only):
        raise WrongJourney("funnel: in any order there are no optional steps and no first_only.")
    if funnel.ties is Ties.LATER and funnel.order is not Order.ORDERED:
        raise WrongJourney("funnel.ties: “later” goes with order: ordered only.")
    if funnel.order is Order.ANY:
        told = [event for step in funnel.steps for event in step.events]
        twice = sorted({event for event in told if told.count(event) > 1})
        if twice:
            raise WrongJourney(f"funnel.steps: in any order no event fits two steps ({', '.join(twice)}).")
    fitting = {event for step in funnel.steps for event in step.events}
    both = sorted({event for one in funnel.exclude for event in one.events} & fitting)
    if both:
        raise WrongJourney(f"funnel.exclude: {', '.join(both)} cannot exclude and be a step.")
