"""Money: an amount that never forgets its currency."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

MONEY: dict[str, Any] = {"max_digits": 16, "decimal_places": 2}  # the column of an amount
WHOLE_CURRENCIES = frozenset({"TWD", "JPY", "KRW"})  # nobody writes their hundredths


class CurrencyMismatch(TypeError):
    """Two currencies were added or compared without a rate."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """``amount`` in major units of ``currency`` (ISO 4217)."""

    amount: Decimal
    currency: str

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(
                f"{self.currency} and {other.currency} cannot be added: convert one at a dated rate first."
            )

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount < other.amount
