"""When a rule proposes a release, and how much. Pure; ``docs/how/budgets.md`` has the worked examples."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

NOTHING = Decimal(0)
TRIED_DAYS = 90  # of the past, before a rule goes live


@dataclass(frozen=True, slots=True)
class Terms:
    """What is better than ``planned`` × ``factor`` over ``days``, with at least ``count_min``, proposes
    ``amount``; then not again within ``cooldown_days``. ``falls``: less is better."""

    days: int
    planned: Decimal
    factor: Decimal
    count_min: int
    amount: Decimal
    cooldown_days: int
    falls: bool = False

    @property
    def limit(self) -> Decimal:
        """What the figure has to be beyond."""
        return self.planned * self.factor

    def met_by(self, seen: "Seen") -> bool:
        """Whether the figure is beyond the limit, on enough cases. What is not known never fires."""
        if seen.value is None or seen.count is None or seen.count < self.count_min:
            return False
        return seen.value < self.limit if self.falls else seen.value > self.limit


@dataclass(frozen=True, slots=True)
class Seen:
    """The figure over the days up to ``on``, and on how many cases; none where nothing is known."""

    on: date
    value: Decimal | None
    count: Decimal | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A day on which a rule fires. ``left``: of the reserve, once this was released."""

    seen: Seen
    amount: Decimal
    left: Decimal


def proposed(terms: Terms, seen: Seen, reserve: Decimal, last_on: date | None) -> Proposed | None:
    """What is proposed on a day: never more than the reserve has, and not while the rule rests.

    ``last_on``: the day on which it fired last.
    """
    if last_on is not None and seen.on < last_on + timedelta(days=terms.cooldown_days):
        return None
    amount = min(terms.amount, reserve)
    if amount <= NOTHING or not terms.met_by(seen):
        return None
    return Proposed(seen, amount, reserve - amount)


def tried(terms: Terms, days: Iterable[Seen], reserve: Decimal) -> list[Proposed]:
    """What a rule would have proposed, day by day, had the line had this reserve at the start."""
    found: list[Proposed] = []
    for seen in sorted(days, key=lambda seen: seen.on):
        one = proposed(terms, seen, reserve, found[-1].seen.on if found else None)
        if one is not None:
            found.append(one)
            reserve = one.left
    return found
