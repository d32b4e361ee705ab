"""Whether a figure breaks an alert's limit. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .engine.answer import Answer, Value

ABOVE, BELOW, RISES, FALLS = "above", "below", "rises", "falls"
PLACES = Decimal("0.000001")


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
