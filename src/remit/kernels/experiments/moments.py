"""What statistics are made from: how many people, sums, and sums of products. Never rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Moments:
    """Of ``n`` people and the columns ``names``: ``sums`` has one entry a column, ``products`` one a pair."""

    names: tuple[str, ...]
    n: int
    sums: Floats
    products: Floats

    @classmethod
    def of_rows(cls, names: Sequence[str], rows: Floats) -> Self:
        """From rows, one a person; for tests and simulations."""
        return cls(tuple(names), len(rows), rows.sum(axis=0), rows.T @ rows)

    def __add__(self, other: Self) -> Self:
        if self.names != other.names:
            raise ValueError("Only moments of the same columns add up.")
        return type(self)(
            self.names, self.n + other.n, self.sums + other.sums, self.products + other.products
        )

    def at(self, name: str) -> int:
        return self.names.index(name)

    def mean(self, name: str) -> float:
        """Not a number where nobody is."""
        return float(self.sums[self.at(name)] / self.n) if self.n else float("nan")

    def covariance(self, one: str, other: str) -> float:
        """Of the sample (divided by n − 1); zero where fewer than two are."""
        if self.n < 2:
            return 0.0
        first, second = self.at(one), self.at(other)
        apart = self.products[first, second] - self.sums[first] * self.sums[second] / self.n
        return float(apart) / (self.n - 1)

    def variance(self, name: str) -> float:
        return max(self.covariance(name, name), 0.0)
