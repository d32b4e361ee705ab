"""A specification from plain data, such as a page of YAML; every refusal says where and what to write."""

import re
import zoneinfo
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from remit.core.period import UnreadablePeriod, parse_period
from remit.kernels.journeys.columns import STEPS_MAX

from ..engine.errors import CannotAnswer
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
    When,
)

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
WINDOW_MOST_S = 10 * 366 * 86_400
EXCLUSIONS_MAX = 8


class WrongJourney(CannotAnswer):
    """A specification of a journey that cannot be understood."""


class Reader:
    """One mapping of the page at ``place``, whose keys are all to be known."""

    def __init__(self, said: Any, place: str, known: str) -> None:
        self.place = place
        if not isinstance(said, Mapping):
            raise WrongJourney(f"{place}: write keys and values ({known}), not {said!r}.")
        strange = sorted(str(key) for key in set(said) - set(known.split()))
        if strange:
            raise WrongJourney(
                f"{place} does not know {', '.join(strange)}. Keys: {', '.join(known.split())}."
            )
        self.said = said

    def wrong(self, key: str, hint: str) -> WrongJourney:
        return WrongJourney(f"{self.place}.{key}: {hint}, not {self.said.get(key)!r}.")

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them; at least one."""
        found = self.said.get(key)
        values = found if isinstance(found, list) else [found]
        if not values or any(isinstance(one, bool | dict | list) or one in (None, "") for one in values):
            raise self.wrong(key, "write a name or a list of names")
        return tuple(dict.fromkeys(map(str, values)))

    def text(self, key: str, default: str) -> str:
        found = self.said.get(key, default)
        if not isinstance(found, str | int) or found == "":
            raise self.wrong(key, "write a text")
        return str(found)

    def flag(self, key: str) -> bool:
        found = self.said.get(key, False)
        if not isinstance(found, bool):
            raise self.wrong(key, "write true or false")
        return found

    def number(self, key: str, default: int, low: int, high: int) -> int:
        found = self.said.get(key, default)
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            raise self.wrong(key, f"write a whole number from {low} to {high}")
        return found

    def choice[Choice: StrEnum](self, key: str, default: Choice) -> Choice:
        found = self.said.get(key, default)
        kinds = type(default)
        if found not in list(kinds):
            raise self.wrong(key, f"write one of {', '.join(kinds)}")
        return kinds(found)

    def where(self) -> dict[str, tuple[str, ...]]:
        said = self.said.get("where", {})
        if not isinstance(said, Mapping):
            raise self.wrong("where", "write column: value, or column: [value, value]")
        inner = Reader(said, f"{self.place}.where", " ".join(map(str, said)))
        return {str(key): inner.texts(key) for key in said}

    def zone(self) -> str:
        name = self.text("zone", "UTC")
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
            raise self.wrong("zone", "write a time zone such as Asia/Taipei") from error
        return name

    def period(self) -> When:
        try:
            return parse_period(str(self.said.get("period", "all")))
        except UnreadablePeriod as error:
            raise WrongJourney(f"{self.place}.period: {error}") from error

    def seconds(self, key: str, default: str) -> int:
        said = str(self.said.get(key, default))
        match = re.fullmatch(r"(\d+) (second|minute|hour|day|week)s?", said.strip())
        seconds = int(match[1]) * SECONDS[match[2]] if match else -1
        if not 0 <= seconds <= WINDOW_MOST_S:
            raise self.wrong(key, "write a length such as 30 minutes, 7 days or 12 weeks, ten years at most")
        return seconds


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
    steps = tuple(_step(one, f"funnel.steps[{n}]") for n, one in enumerate(_list(page, "steps"), 1))
    exclude = tuple(
        _exclusion(one, f"funnel.exclude[{n}]", len(steps))
        for n, one in enumerate(_list(page, "exclude", needed=False), 1)
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


def _list(page: Reader, key: str, *, needed: bool = True) -> list[Any]:
    found = page.said.get(key, [])
    if not isinstance(found, list) or (needed and not found):
        raise page.wrong(key, "write a list")
    return found


def _step(said: Any, place: str) -> Step:
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
