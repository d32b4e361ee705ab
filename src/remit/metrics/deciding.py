"""Whether a figure breaks an alert's limit. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from remit.core.text import Text, day_in

from .catalog.dimensions import DIMENSIONS
from .engine.answer import Answer, Value

ABOVE, BELOW, RISES, FALLS = "above", "below", "rises", "falls"
PLACES = Decimal("0.000001")
NEXT_NAME = re.compile(r",(?=[a-z_]+=)")  # a value may hold a comma
UNKNOWN = Text("不明", "unknown")
WEEKDAYS = tuple(zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))


@dataclass(frozen=True, slots=True)
class Fire:
    """A breach that is not open yet."""

    part: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Clear:
    """An open breach that is over. ``value`` is None where there is no figure any more."""

    part: str
    value: Decimal | None


Intent = Fire | Clear


def is_broken(breach: str, value: Decimal, limit: Decimal) -> bool:
    """``value`` is the figure for above and below, the relative change for rises and falls."""
    if breach == ABOVE:
        return value > limit
    if breach == BELOW:
        return value < limit
    return value > limit if breach == RISES else value < -limit


def watched(answer: Answer, metric: str, breach: str) -> dict[str, Decimal | None]:
    """The watched figure of every row, by the part that it is about."""
    column = f"{metric}_change" if breach in (RISES, FALLS) else metric
    dimensions = [c.name for c in answer.columns if c.kind == "dimension"]
    return {
        ",".join(f"{name}={_said(row[name])}" for name in dimensions)[:200]: _decimal(row[column])
        for row in answer.dicts()
    }


def part_text(part: str) -> Text:
    """The rows that an alert speaks of, ``department=PRODUCE``, in words: ``Department: PRODUCE``."""
    pieces = [piece.partition("=") for piece in NEXT_NAME.split(part) if piece]
    said = [(_title(name), _value_text(name, value)) for name, _equals, value in pieces]
    return Text(
        "、".join(f"{title.zh_hant}：{value.zh_hant}" for title, value in said),
        ", ".join(f"{title.en}: {value.en}" for title, value in said),
    )


def _title(name: str) -> Text:
    """Without what stands in brackets, which explains the values in a list."""
    title = DIMENSIONS[name].title if name in DIMENSIONS else Text(name, name)
    return Text(title.zh_hant.partition("（")[0], title.en.partition(" (")[0])


def _value_text(name: str, value: str) -> Text:
    if value == "unknown":
        return UNKNOWN
    if name == "weekday" and value in "1234567":
        zh, en = WEEKDAYS[int(value) - 1]
        return Text(f"週{zh}", en)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return Text(value, value)
    return Text(day_in(day, "zh-hant"), day_in(day, "en"))


def decide_firings(
    figures: Mapping[str, Decimal | None], open_parts: Iterable[str], breach: str, limit: Decimal
) -> tuple[Intent, ...]:
    """Fire once per breach; clear what is over. An unknown figure neither fires nor clears."""
    already = set(open_parts)
    intents: list[Intent] = []
    for part, value in figures.items():
        if value is None:
            continue
        broken = is_broken(breach, value, limit)
        if broken and part not in already:
            intents.append(Fire(part, value.quantize(PLACES)))
        elif not broken and part in already:
            intents.append(Clear(part, value.quantize(PLACES)))
    return tuple(intents)


def _said(value: Value) -> str:
    return "unknown" if value is None else str(value)


def _decimal(value: Value) -> Decimal | None:
    return None if value is None else Decimal(str(value))
