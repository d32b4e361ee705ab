"""Over which days a campaign is measured, and how far the estimate is to be trusted. Pure.

``docs/how/effects.md`` explains each number, and what else was tried before 112 days were settled on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from remit.kernels.matching import Difference

METHOD = "nearest-1"  # a new number when what follows here changes
BEFORE_DAYS, BEFORE_DAYS_MIN = 112, 28
DURING_DAYS_MIN = 7
AFTER_DAYS, AFTER_DAYS_MIN = 28, 14
NEIGHBOURS, CALIPER = 5, 0.2
MATCHED_MIN, MATCHED_FEW = 10, 30
MATCHED_SHARE = 0.8
BALANCE_MAX, OTHERS_MAX = 0.1, 0.25
REACHED_MAX, POOL_MAX = 20_000, 60_000  # beyond them a fixed draw by the customer's number

ESTIMATE, WEAK, IMPOSSIBLE = "estimate", "weak", "impossible"


@dataclass(frozen=True, slots=True)
class Windows:
    """Days before [``before_on``, ``starts_on``), with ``later_on`` the first of their later half; during
    [``starts_on``, ``ends_on``]; after (``ends_on``, ``after_on``], none where too few days are known.

    ``is_cut_off``: the data end before the campaign does.
    """

    before_on: date
    later_on: date
    starts_on: date
    ends_on: date
    after_on: date | None
    is_cut_off: bool

    @property
    def days_before(self) -> int:
        return (self.starts_on - self.before_on).days

    @property
    def days_during(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def days_after(self) -> int:
        return (self.after_on - self.ends_on).days if self.after_on else 0

    @property
    def last_on(self) -> date:
        return self.after_on or self.ends_on


def windows_of(starts_on: date, ends_on: date, first: date, last: date) -> Windows | str:
    """The days to measure over, or the reason why there are too few; ``first`` to ``last``: the data."""
    before_on = max(first, starts_on - timedelta(days=BEFORE_DAYS))
    days = (starts_on - before_on).days
    if days < BEFORE_DAYS_MIN:
        return "short_before"
    known_end = min(ends_on, last)
    if (known_end - starts_on).days + 1 < DURING_DAYS_MIN:
        return "short_during"
    after_on = min(known_end + timedelta(days=AFTER_DAYS), last)
    return Windows(
        before_on=before_on,
        later_on=before_on + timedelta(days=days // 2),
        starts_on=starts_on,
        ends_on=known_end,
        after_on=after_on if (after_on - known_end).days >= AFTER_DAYS_MIN else None,
        is_cut_off=ends_on > last,
    )


def enough(matched: int, partners: int) -> bool:
    """Whether there is an estimate at all."""
    return min(matched, partners) >= MATCHED_MIN


def doubts_about(
    *,
    reached: int,
    matched: int,
    partners: int,
    apart: Mapping[str, float],
    trend: Difference,
    pretend: Difference | None,
    is_cut_off: bool,
) -> tuple[str, ...]:
    """Why an estimate is weak, the gravest first; none where nothing speaks against it.

    ``apart``: standardised differences after matching, by trait. ``trend``: how the two drew apart before the
    campaign. ``pretend``: what the same method finds where there was no campaign yet.
    """
    checks = {
        "pretend": pretend is not None and not pretend.is_zero_inside,
        "trend": not trend.is_zero_inside,
        "unbalanced": max(abs(apart["spend"]), abs(apart["frequency"])) > BALANCE_MAX,
        "others": abs(apart["others"]) > OTHERS_MAX,
        "few": min(matched, partners) < MATCHED_FEW,
        "unmatched": matched < MATCHED_SHARE * reached,
        "cut_off": is_cut_off,
    }
    return tuple(name for name, is_so in checks.items() if is_so)


def verdict_of(doubts: tuple[str, ...]) -> str:
    """An estimate without doubts, else a weak one."""
    return WEAK if doubts else ESTIMATE
