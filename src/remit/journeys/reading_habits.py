"""Paths, sessions, stickiness, lifecycle and sequences, read from a page of specification."""

from typing import Any

from .reader import WINDOW_MOST_S, Reader, WrongJourney
from .reading import read_step
from .specification import Condition, Lifecycle, Paths, Sequence, Sessions, Stickiness, Unit

PATH_STEPS_MAX = 10  # paths are told apart as numbers of 64 bits
ANCHORS_MAX = 20
TOP_MAX = 30
CONDITIONS_MAX = 20
SHOW_MAX = 10_000


def read_paths(said: Any) -> Paths:
    """The part ``paths`` of a page. Raise WrongJourney."""
    page = Reader(said, "paths", "from to events of steps top loops window period zone")
    if "from" in page.said and "to" in page.said:
        raise WrongJourney("paths: write from or to, not both.")
    if page.said.get("loops", "collapse") not in ("collapse", "keep"):
        raise page.wrong("loops", "write collapse or keep")
    ends = next((key for key in ("from", "to") if key in page.said), None)
    begins = page.texts(ends) if ends else ()
    if len(begins) > ANCHORS_MAX:
        raise WrongJourney(f"paths.{ends}: {len(begins)} names; at most {ANCHORS_MAX}.")
    return Paths(
        begins=begins,
        backward=ends == "to",
        events=_events(page),
        of=_column(page),
        steps=page.number("steps", 5, 1, PATH_STEPS_MAX),
        top=page.number("top", 10, 1, TOP_MAX),
        collapse=page.said.get("loops") != "keep",
        window_s=page.seconds("window", "30 days"),
        period=page.period(),
        zone=page.zone(),
    )


def read_sessions(said: Any) -> Sessions:
    """The part ``sessions`` of a page. Raise WrongJourney."""
    page = Reader(said, "sessions", "gap events goal of top period zone")
    return Sessions(
        gap_s=page.seconds("gap", "30 minutes"),
        events=_events(page),
        goal=page.happening("goal") if "goal" in page.said else None,
        of=_column(page),
        top=page.number("top", 10, 1, 1000),
        period=page.period(),
        zone=page.zone(),
    )


def read_stickiness(said: Any) -> Stickiness:
    """The part ``stickiness`` of a page. Raise WrongJourney."""
    page = Reader(said, "stickiness", "events unit period zone")
    unit = page.choice("unit", Unit.MONTH)
    if unit is Unit.DAY:
        raise page.wrong("unit", "write week or month: days are counted in it")
    return Stickiness(_events(page), unit, page.period(), page.zone())


def read_lifecycle(said: Any) -> Lifecycle:
    """The part ``lifecycle`` of a page. Raise WrongJourney."""
    page = Reader(said, "lifecycle", "events unit period zone")
    return Lifecycle(_events(page), page.choice("unit", Unit.WEEK), page.period(), page.zone())


def read_sequence(said: Any) -> Sequence:
    """The part ``sequence`` of a page. Raise WrongJourney."""
    page = Reader(said, "sequence", "all any show period zone")
    if ("all" in page.said) == ("any" in page.said):
        raise WrongJourney("sequence: write all or any, with a list of conditions.")
    key = "all" if "all" in page.said else "any"
    conditions = [_condition(one, f"sequence.{key}[{n}]") for n, one in enumerate(page.many(key), 1)]
    if len(conditions) > CONDITIONS_MAX:
        raise WrongJourney(f"sequence.{key}: {len(conditions)} conditions; at most {CONDITIONS_MAX}.")
    show = page.number("show", 100, 0, SHOW_MAX)
    return Sequence(tuple(conditions), key == "all", show, page.period(), page.zone())


def _condition(said: Any, place: str) -> Condition:
    page = Reader({"did": said} if isinstance(said, str) else said, place, "did within without times not")
    steps = page.said.get("did")
    listed = steps if isinstance(steps, list) else [steps]
    did = tuple(read_step(one, f"{place}.did[{n}]") for n, one in enumerate(listed, 1))
    if not did or len(did) > 20:
        raise page.wrong("did", "write 1 to 20 steps")
    times = page.number("times", 1, 1, 1_000_000)
    without = tuple(page.happenings("without"))
    if len(did) > 1 and times > 1:
        raise page.wrong("times", "goes with one step only")
    if len(did) == 1 and (without or "within" in page.said):
        raise WrongJourney(f"{place}: within and without go with two steps or more.")
    if any(step.optional for step in did):
        raise page.wrong("did", "leave optional out")
    if len(without) > 8:
        raise page.wrong("without", "write 8 at most")
    fitting = {event for step in did for event in step.events}
    both = sorted({event for one in without for event in one.events} & fitting)
    if both:
        raise WrongJourney(f"{place}.without: {', '.join(both)} cannot be a step as well.")
    within_s = page.seconds("within", f"{WINDOW_MOST_S} seconds")
    return Condition(did, within_s, without, times, page.flag("not"))


def _events(page: Reader) -> tuple[str, ...]:
    return page.texts("events") if "events" in page.said else ()


def _column(page: Reader) -> str | None:
    return page.text("of", "") if "of" in page.said else None
