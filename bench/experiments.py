"""Two thousand experiments in which nothing was changed: how often a reading says that something was.

Two kinds of shops are played. ``arriving``: people come day by day, each with one order. ``staying``: the
same households are read from the first day on, their spend adding up, each with habits of its own, and
their own past taken out. The readings are those of the shipped kernel. Power is read from the same shops, by
adding the effect that a reading at the end sees in four of five cases.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from remit.kernels.experiments.comparing import Measured, gap
from remit.kernels.experiments.moments import Moments
from remit.kernels.experiments.powering import ALPHA, POWER
from remit.kernels.experiments.spending import criticals

from .report import Line

Floats = NDArray[np.float64]
DAYS = 28
FRACTIONS = tuple(day / DAYS for day in range(1, DAYS + 1))
EXPERIMENTS = 2_000
DRIFT = 2.801585  # standard errors that a reading at the end, at 0.05, sees in four of five cases


@dataclass(frozen=True, eq=False)
class Shop:
    """By day: rows of shape (people, columns), and as many flags of who is treated."""

    measured: Measured
    names: tuple[str, ...]
    days: list[tuple[Floats, NDArray[np.bool_]]]


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of experiments that said something: when read at the end; at the first day that says so."""

    at_end: float
    daily: float
    power_at_end: float
    power_daily: float


def arriving(random: np.random.Generator, people: int) -> Shop:
    """Each with one basket: three of ten buy, and few buy much."""
    treated = random.random(people) < 0.5
    spend = np.where(random.random(people) < 0.3, random.lognormal(3, 1, people), 0.0)[:, None]
    ends = np.linspace(0, people, DAYS + 1).astype(int)[1:]
    return Shop(Measured("spend"), ("spend",), [(spend[:end], treated[:end]) for end in ends])


def staying(random: np.random.Generator, people: int) -> Shop:
    """Each with lasting habits: visits a day as a gamma rate says, a basket of its own size, and a past."""
    treated = random.random(people) < 0.5
    rate, size = random.gamma(1.5, 0.15, people), random.lognormal(3, 0.5, people)
    visits = random.poisson(rate, (2 * DAYS, people)) * size * random.lognormal(0, 0.5, (2 * DAYS, people))
    before, sums = visits[:DAYS].sum(axis=0), visits[DAYS:].cumsum(axis=0)
    days = [(np.column_stack([day, before]), treated) for day in sums]
    return Shop(Measured("spend", None, "before"), ("spend", "before"), days)


def walked(shop: Shop) -> tuple[Floats, Floats]:
    """By day: z of the reading, and the standard error; not a number where nothing can be said yet."""
    found, early = [], sum(not math.isfinite(bound) for bound in criticals(FRACTIONS, ALPHA))
    for rows, treated in shop.days[early:]:
        control, treatment = (Moments.of_rows(shop.names, rows[flags]) for flags in (~treated, treated))
        one = gap(control, treatment, shop.measured, critical=2.0)
        found.append((one.z, one.error))
    silent = np.full((early, 2), np.nan)  # nothing stops there, so nothing is read
    z, errors = np.vstack([silent, found]).T
    return z, errors


def rates_of(
    make: Callable[[np.random.Generator, int], Shop], experiments: int, people: int, seed: int
) -> Rates:
    """Play so many experiments without an effect, and the same with the planned one."""
    bounds, edge = np.array(criticals(FRACTIONS, ALPHA)), criticals((1.0,), ALPHA)[0]
    said = np.zeros((experiments, 4), dtype=bool)
    for number in range(experiments):
        z, errors = walked(make(np.random.default_rng((seed, number)), people))
        moved = z + DRIFT * _grown(make, errors) / errors
        for place, walk in ((0, z), (2, moved)):
            with np.errstate(invalid="ignore"):
                said[number, place : place + 2] = abs(walk[-1]) >= edge, (abs(walk) >= bounds).any()
    return Rates(*map(float, said.mean(axis=0)))


def _grown(make: Callable[[np.random.Generator, int], Shop], errors: Floats) -> Floats:
    """What the planned effect has come to by each day: all of it at once a person, or a part a day."""
    return errors[-1] * (np.array(FRACTIONS) if make is staying else np.ones(DAYS))


def interval(experiments: int, share: float = ALPHA) -> tuple[float, float]:
    """Within which 95 of 100 simulations lie whose true share is this one."""
    low, high = binom.interval(0.95, experiments, share)
    return low / experiments, high / experiments


def lines(say: Callable[[str], None], experiments: int = EXPERIMENTS) -> Iterator[Line]:
    """False alarms beside what chance allows, and power beside it."""
    low, high = interval(experiments)
    for make, people in ((arriving, 2_000), (staying, 1_000)):
        say(f"{experiments:,} experiments without an effect, people {make.__name__}")
        found = rates_of(make, experiments, people, seed=2026)
        line = partial(Line, "experiments", scale=1)
        yield line(
            what=f"A/A, people {make.__name__}: false alarms, read at the end", ours=f"{found.at_end:.2%}",
            mark=f"{low:.2%}–{high:.2%}", passed=low <= found.at_end <= high,
        )  # fmt: skip
        yield line(
            what=f"A/A, people {make.__name__}: false alarms, read every day", ours=f"{found.daily:.2%}",
            mark=f"≤ {high:.2%}", passed=found.daily <= high,
        )  # fmt: skip
        yield line(
            what=f"power at the planned effect, people {make.__name__}: read every day, beside the end",
            ours=f"{found.power_daily:.1%}", theirs=f"{found.power_at_end:.1%}",
            ratio=f"{found.power_daily / max(found.power_at_end, 1e-9):.2f}×", mark=f"end: {POWER:.0%}",
        )  # fmt: skip
