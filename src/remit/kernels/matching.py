"""Compare those who were reached with unreached ones who were like them before.

Matching with replacement on standardised traits: nearest neighbours within a caliper, common support only.
Difference in differences of the matched; its variance after A. Abadie and G. Imbens, “Large sample properties
of matching estimators for average treatment effects”, Econometrica 74 (2006), the variance for the treated.
Each household enters once, with one difference, so that the interval is clustered by household. Balance as
standardised mean differences, by the spread before matching: E. Stuart, Statistical Science 25 (2010).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

Z95 = 1.959963984540054
CHUNK_ROWS = 256
APART = 1e6


class NothingToMatch(ValueError):
    """Without somebody reached and somebody unreached there is no comparison."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Links from ``reached`` rows to ``partners`` (row numbers of the input, equally long).

    ``kin``: for each row of ``used`` (unreached rows that are somebody's partner) its nearest among the
    unreached, shape (used, neighbours), −1 where there are too few.
    """

    reached: Ints
    partners: Ints
    used: Ints
    kin: Ints
    rows: int

    @property
    def matched(self) -> Ints:
        """Reached rows that have a partner, ascending."""
        return np.unique(self.reached)

    @property
    def counts(self) -> Floats:
        """How many partners each row has; zero for all that are not matched."""
        return np.bincount(self.reached, minlength=self.rows).astype(np.float64)

    def weights(self, power: int = 1) -> Floats:
        """Σ 1/k^power over whom a row is partner of, k being that one's number of partners."""
        share = 1.0 / self.counts[self.reached] ** power
        return np.bincount(self.partners, weights=share, minlength=self.rows)


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean per matched reached row, its standard error, and the 95 % interval."""

    value: float
    error: float
    low: float
    high: float

    @property
    def is_zero_inside(self) -> bool:
        """Whether the interval holds zero."""
        return self.low <= 0.0 <= self.high


@dataclass(frozen=True, slots=True)
class Balance:
    """Means of one trait, and standardised differences before and after matching."""

    reached: float
    unreached: float
    matched_reached: float
    matched_unreached: float
    before: float
    after: float


def match(
    traits: Floats, reached: Flags, *, classes: Ints | None = None, neighbours: int = 5, caliper: float = 0.2
) -> Matched:
    """Link each reached row with up to ``neighbours`` unreached ones, the nearest first.

    ``traits``: shape (rows, traits). They are divided by their standard deviation over all rows; the
    distance is Euclidean, and no trait may differ by more than ``caliper`` of these. Of equally near ones,
    the one with the smaller first trait, then the earlier row. Rows of different ``classes`` are never
    linked. Raise NothingToMatch.
    """
    scaled = standardised(np.asarray(traits, dtype=np.float64))
    if classes is not None:  # so far apart that no caliper but an infinite one reaches over
        scaled = np.column_stack([scaled, classes * APART])
    ones, zeros = np.flatnonzero(reached), np.flatnonzero(~reached)
    if not ones.size or not zeros.size:
        raise NothingToMatch("Nobody was reached, or nobody was not.")
    found = nearest(scaled[ones], scaled[zeros], neighbours, caliper)
    row, column = np.nonzero(found >= 0)
    partners = zeros[found[row, column]]
    used = np.unique(partners)
    own = np.searchsorted(zeros, used)
    kin = nearest(scaled[used], scaled[zeros], neighbours, np.inf, own=own)
    return Matched(ones[row], partners, used, np.where(kin >= 0, zeros[kin], -1), reached.size)


def standardised(traits: Floats) -> Floats:
    """Each column in its standard deviations; a column without spread is left as it is."""
    spread = traits.std(axis=0)
    return traits / np.where(spread > 0, spread, 1.0)


def nearest(points: Floats, pool: Floats, count: int, caliper: float, own: Ints | None = None) -> Ints:
    """Rows of ``pool`` nearest to each point, shape (points, count), −1 where none is within the caliper.

    ``own``: the row of the pool that is the point itself, and never its own neighbour.
    """
    order = np.argsort(pool[:, 0], kind="stable")
    there = pool[order]
    at = None if own is None else np.argsort(order, kind="stable")[own]
    out = np.full((len(points), count), -1, dtype=np.int64)
    line = np.argsort(points[:, 0], kind="stable")
    for start in range(0, len(points), CHUNK_ROWS):
        some = line[start : start + CHUNK_ROWS]
        here = points[some]
        first = int(np.searchsorted(there[:, 0], here[0, 0] - caliper, side="left"))
        last = int(np.searchsorted(there[:, 0], here[-1, 0] + caliper, side="right"))
        far = _distances(here, there[first:last], caliper)
        if at is not None:
            rows = np.flatnonzero((at[some] >= first) & (at[some] < last))
            far[rows, at[some][rows] - first] = np.inf
        out[some] = _smallest(far, count, order[first:last])
    return out


def _distances(here: Floats, there: Floats, caliper: float) -> Floats:
    """Squared distances, infinite beyond the caliper in any trait."""
    far = np.zeros((len(here), len(there)))
    for trait in range(here.shape[1]):
        gap = np.abs(here[:, trait, None] - there[None, :, trait])
        far += gap * gap
        if caliper < np.inf:
            far[gap > caliper] = np.inf
    return far


def _smallest(far: Floats, count: int, names: Ints) -> Ints:
    """The names of the ``count`` smallest of each row, −1 for those that are infinite; ``far`` is used up."""
    out = np.full((len(far), count), -1, dtype=np.int64)
    if not far.shape[1]:
        return out
    rows = np.arange(len(far))
    for place in range(count):
        best = far.argmin(axis=1)
        found = np.isfinite(far[rows, best])
        out[found, place] = names[best[found]]
        far[rows, best] = np.inf
    return out


def difference(change: Floats, matched: Matched) -> Difference:
    """How much more ``change`` (later minus earlier, by row) is for the reached than for their partners."""
    ones, counts = matched.matched, matched.counts
    if not ones.size:
        raise NothingToMatch("No reached row has a partner within the caliper.")
    sums = np.bincount(matched.reached, weights=change[matched.partners], minlength=matched.rows)
    gaps = change[ones] - sums[ones] / counts[ones]
    value = float(gaps.mean())
    spread = _own_variance(change, matched)
    extra = (matched.weights() ** 2 - matched.weights(2))[matched.used]
    variance = float(((gaps - value) ** 2).sum() + (extra * spread).sum()) / ones.size**2
    error = max(variance, 0.0) ** 0.5
    return Difference(value, error, value - Z95 * error, value + Z95 * error)


def _own_variance(change: Floats, matched: Matched) -> Floats:
    """How the change of a used row varies, given its traits: from its own nearest, J/(J+1)·(y − mean)²."""
    known = matched.kin >= 0
    near = known.sum(axis=1)
    means = np.where(known, change[matched.kin], 0.0).sum(axis=1) / np.maximum(near, 1)
    return np.asarray(near / (near + 1) * (change[matched.used] - means) ** 2)


def means(values: Floats, matched: Matched) -> tuple[float, float]:
    """The mean of the matched reached rows, and that of their partners, weighted as they are used."""
    weights = matched.weights()
    return float(values[matched.matched].mean()), float((values * weights).sum() / weights.sum())


def balance(values: Floats, reached: Flags, matched: Matched) -> Balance:
    """One trait before and after matching; without any spread the differences are zero."""
    one, zero = values[reached], values[~reached]
    spread = ((one.var() + zero.var()) / 2) ** 0.5
    kept_one, kept_zero = means(values, matched)
    before = (one.mean() - zero.mean()) / spread if spread else 0.0
    after = (kept_one - kept_zero) / spread if spread else 0.0
    return Balance(float(one.mean()), float(zero.mean()), kept_one, kept_zero, float(before), float(after))
