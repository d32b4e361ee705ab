"""Arithmetic of budgets: core and reserve, and what a movement does to a line's sums. Pure.

``docs/how/budgets.md`` has the worked examples.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
CORE = Decimal("0.70")  # released at once; the rest is the reserve (H4.2.2)
NOTHING = Decimal(0)


def core_of(granted: Decimal) -> Decimal:
    """The part that is released at once, to the cent; the reserve is what is left, so that both add up."""
    return (granted * CORE).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a line has and what stands against it."""

    released: Decimal
    forecast: Decimal = NOTHING
    committed: Decimal = NOTHING
    spent: Decimal = NOTHING

    def moved(
        self, *, forecast: Decimal = NOTHING, committed: Decimal = NOTHING, spent: Decimal = NOTHING
    ) -> "Sums":
        """After a movement of each stage."""
        return Sums(self.released, self.forecast + forecast, self.committed + committed, self.spent + spent)

    @property
    def used(self) -> Decimal:
        """What is ordered and spent; what came back beyond all that was spent makes no room."""
        return self.committed + max(NOTHING, self.spent)

    def beyond(self, *, with_forecast: bool = False) -> Decimal:
        """How far orders and invoices, and what is asked for if it counts, are beyond what was released."""
        asked = self.forecast if with_forecast else NOTHING
        return max(NOTHING, asked + self.used - self.released)
