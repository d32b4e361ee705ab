"""What the form of a question offers: events with how many there are, windows, columns, periods."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import numbers
from ..figures.choices import Option
from .asked import STEPS_MOST, AskedJourney
from .words import COLUMN_TITLES, LENGTHS, length_words

if TYPE_CHECKING:
    from remit.journeys.offering import Offer

ROWS_LEAST, ROWS_SPARE = 3, 2


@dataclass(frozen=True, slots=True)
class Row:
    """One step of a funnel; ``optional`` names its event where it may be skipped."""

    number: int
    options: tuple[Option, ...]
    event: str
    is_optional: bool
    may_be_optional: bool


@dataclass(frozen=True, slots=True)
class Field:
    """``kind``: select, checks or steps. ``opened``: whether a list of checks is unfolded."""

    name: str
    title: str
    kind: str
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    hint: str = ""

    @property
    def opened(self) -> bool:
        return any(option.chosen for option in self.options)


def fields_of(asked: AskedJourney, offer: "Offer") -> list[Field]:
    """The fields of a kind but for period and unit, which all share."""
    return {
        "funnel": _funnel,
        "retention": _retention,
        "paths": _paths,
        "attribution": _attribution,
        "sessions": _sessions,
        "lifecycle": _habit,
        "stickiness": _habit,
    }[asked.kind](asked.spec, offer)


def _funnel(spec: Mapping[str, Any], offer: "Offer") -> list[Field]:
    breakdown = spec.get("breakdown", {})
    orders = (
        ("ordered", _("In this order, other things may lie between")),
        ("strict", _("In this order, nothing else between")),
        ("any", _("In any order")),
    )
    by = (
        ("first", _("of the first step")), ("last", _("of the furthest step")),
        ("all", _("each value by itself")),
    )  # fmt: skip
    return [
        Field("step", _("Steps"), "steps", rows=tuple(_rows(spec, offer)),
              hint=_("An empty step is left out; there are always more below.")),
        _lengths("window", _("Within"), spec, "7 days"),
        _select("order", pgettext("funnel", "Order"), orders, spec.get("order", "ordered")),
        _select("breakdown", _("Break down by"), [("", pgettext("no split", "nothing")), *_columns(offer)],
                breakdown.get("column", "")),
        _select("by", _("By the value"), by, breakdown.get("by", "first")),
        _checks("exclude", _("Ended by"), offer, spec.get("exclude", ()),
                _("Whoever does this between the steps is not counted further.")),
    ]  # fmt: skip


def _rows(spec: Mapping[str, Any], offer: "Offer") -> Iterable[Row]:
    held = [step if isinstance(step, Mapping) else {"event": step} for step in spec.get("steps", ())]
    spare = max(ROWS_SPARE, ROWS_LEAST - len(held))
    for number, step in enumerate([*held, *({"event": ""} for _row in range(spare))][:STEPS_MOST], 1):
        event = step["event"]
        yield Row(
            number,
            (Option("", "—", not event), *_events(offer, [event] if event else [])),
            event,
            bool(step.get("optional")),
            1 < number < len(held),
        )


def _retention(spec: Mapping[str, Any], offer: "Offer") -> list[Field]:
    by = (
        ("first", _("to the period of their first time")),
        ("each", _("to every period with one")),
    )
    counting = (("bounded", _("in that very period")), ("rolling", _("in that period or later")))
    return [
        _checks("start", _("Begin with"), offer, spec.get("start", ())),
        _checks("return", _("Come back with"), offer, spec.get("return", ())),
        _select("span", _("Periods"), _spans("day", "week", "month"), spec.get("unit", "week")),
        _select("by", _("People belong"), by, spec.get("by", "first")),
        _select("counting", _("They count as back"), counting, spec.get("counting", "bounded")),
    ]


def _paths(spec: Mapping[str, Any], offer: "Offer") -> list[Field]:
    steps = [(str(number), str(number)) for number in range(2, 11)]
    return [
        _checks("from", _("Begin with"), offer, spec.get("from", ())),
        _checks("to", _("Or lead to"), offer, spec.get("to", ()), _("Only where nothing is chosen above.")),
        _checks("events", _("Look at these only"), offer, spec.get("events", ()), _("Nothing chosen: all.")),
        _select("steps", _("Steps"), steps, str(spec.get("steps", 5))),
        _lengths("window", _("Within"), spec, "30 days"),
        _of(spec, offer),
    ]


def _attribution(spec: Mapping[str, Any], offer: "Offer") -> list[Field]:
    columns = list(_columns(offer)) or [("channel", str(COLUMN_TITLES["channel"]))]
    value = (("", _("conversions")), ("1", _("conversions and their value")))
    return [
        _checks("conversion", _("What counts in the end"), offer, spec.get("conversion", ())),
        _checks("touches", _("What may claim it"), offer, spec.get("touches", ())),
        _select("channel", _("Shared out among"), columns, spec.get("channel", "channel")),
        _lengths("window", _("Within"), spec, "30 days"),
        _select("value", _("Share out"), value, "1" if spec.get("value") else ""),
    ]


def _sessions(spec: Mapping[str, Any], offer: "Offer") -> list[Field]:
    gaps = ("10 minutes", "30 minutes", "1 hour", "4 hours", "1 day")
    return [
        _checks("goal", _("Goal"), offer, spec.get("goal", ())),
        _lengths("gap", _("Ends after a silence of"), spec, "30 minutes", gaps),
        _of(spec, offer),
    ]


def _habit(spec: Mapping[str, Any], offer: "Offer") -> list[Field]:
    return [
        _checks("events", _("Active with"), offer, spec.get("events", ()), _("Nothing chosen: any.")),
        _select("span", _("Periods"), _spans("week", "month"), spec.get("unit", "")),
    ]


def _of(spec: Mapping[str, Any], offer: "Offer") -> Field:
    options = [("", _("events")), *_columns(offer)]
    return _select("of", _("Told as"), options, spec.get("of", ""))


def _spans(*units: str) -> list[tuple[str, str]]:
    titles = {
        "day": pgettext("cut", "Days"),
        "week": pgettext("cut", "Weeks"),
        "month": pgettext("cut", "Months"),
    }
    return [(unit, titles[unit]) for unit in units]


def _columns(offer: "Offer") -> Iterable[tuple[str, str]]:
    return ((column, str(title)) for column, title in COLUMN_TITLES.items() if column in offer.columns)


def _lengths(
    name: str, title: str, spec: Mapping[str, Any], fallback: str, known: tuple[str, ...] = LENGTHS
) -> Field:
    chosen = spec.get(name, fallback)
    texts = known if chosen in known else (*known, chosen)
    return _select(name, title, [(text, length_words(text)) for text in texts], chosen)


def _select(name: str, title: str, options: Iterable[tuple[str, str]], chosen: str) -> Field:
    return Field(
        name, title, "select", tuple(Option(value, words, value == chosen) for value, words in options)
    )


def _checks(name: str, title: str, offer: "Offer", chosen: Iterable[str], hint: str = "") -> Field:
    return Field(name, title, "checks", tuple(_events(offer, list(chosen))), hint=hint)


def _events(offer: "Offer", chosen: list[str]) -> Iterable[Option]:
    """The events that there are, and those that were chosen and are no longer there."""
    for name, count in offer.events:
        yield Option(name, f"{name} ({numbers.grouped(count)})", name in chosen)
    for name in chosen:
        if name not in offer.names:
            yield Option(name, f"{name} (0)", True)
