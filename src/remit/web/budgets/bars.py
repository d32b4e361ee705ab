"""A line's money as one bar: spent, committed, forecast, up to what is released and granted."""

from dataclasses import dataclass
from decimal import Decimal

WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the bar, in hundredths of its width."""

    name: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """``released_at``: where the core (with what was released of the reserve) ends."""

    pieces: tuple[Piece, ...]
    released_at: float


def bar_of(granted: Decimal, released: Decimal, spent: Decimal, committed: Decimal, forecast: Decimal) -> Bar:
    """Drawn to the larger of what was granted and what stands against it."""
    whole = max(granted, spent + committed + forecast, Decimal("0.01"))
    x, pieces = 0.0, []
    for name, amount in (("spent", spent), ("committed", committed), ("forecast", forecast)):
        width = max(0.0, float(amount / whole) * WIDTH)
        pieces.append(Piece(name, round(x, 2), round(width, 2)))
        x += width
    return Bar(tuple(pieces), round(float(released / whole) * WIDTH, 2))
