"""What two variants' moments say about their difference: means, ratios, with people's own past taken out.

The statistics are those of the library tea-tasting (Welch's test; the delta method for ratios and CUPED after
A. Deng et al., WSDM 2013 and KDD 2018). It is loaded only here, when something is read: it takes a second.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .moments import Moments

SRM_ALPHA = 0.001  # below it the sample ratio is wrong: A. Fabijan et al., KDD 2019


@dataclass(frozen=True, slots=True)
class Measured:
    """Which columns make a figure: ``top`` per person, or ``top`` over ``bottom``; ``before`` its past."""

    top: str
    bottom: str | None = None
    top_before: str | None = None
    bottom_before: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        named = (self.top, self.bottom, self.top_before, self.bottom_before)
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def without_past(self) -> "Measured":
        return Measured(self.top, self.bottom)


@dataclass(frozen=True, slots=True)
class Gap:
    """Treatment less control: ``value`` with its interval, ``share`` of the control with its own.

    ``z`` is the value in standard errors; ``p`` is two-sided. Ends are infinite where nothing may be said,
    and not a number where the control has nothing to compare with.
    """

    control: float
    treatment: float
    value: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float
    z: float
    p: float

    @property
    def error(self) -> float:
        """The standard error."""
        return abs(self.value / self.z) if self.z else 0.0


def gap(
    control: Moments,
    treatment: Moments,
    measured: Measured,
    *,
    alpha: float = 0.05,
    critical: float | None = None,
) -> Gap:
    """Compare two variants; ``critical``: that of a sequential look, in place of Student's t at ``alpha``.

    An infinite critical value gives an interval without ends. With fewer than two people, or without any
    spread, nothing can be said: everything but the means is not a number.
    """
    import tea_tasting as tt

    level = 1 - alpha if critical is None else 1 - math.erfc(min(critical, 8.0) / math.sqrt(2))
    metric = tt.RatioOfMeans(
        measured.top, measured.bottom, measured.top_before, measured.bottom_before,
        confidence_level=level, use_t=critical is None, equal_var=False,
    )  # fmt: skip
    spread = control.variance(measured.top) + treatment.variance(measured.top)
    if min(control.n, treatment.n) < 2 or not spread:
        return _unknown(control, treatment, measured)
    found = metric.analyze_aggregates(_given(control, measured), _given(treatment, measured))
    if not math.isfinite(found.statistic):
        return _unknown(control, treatment, measured)
    ends = (
        found.effect_size_ci_lower, found.effect_size_ci_upper,
        found.rel_effect_size_ci_lower, found.rel_effect_size_ci_upper,
    )  # fmt: skip
    if critical is not None and not math.isfinite(critical):
        ends = (-math.inf, math.inf, -math.inf, math.inf)
    return Gap(
        found.control, found.treatment, found.effect_size, *ends[:2], found.rel_effect_size, *ends[2:],
        float(found.statistic), float(found.pvalue),
    )  # fmt: skip


def sample_ratio_p(counts: Mapping[str, int], weights: Mapping[str, int]) -> float:
    """How likely counts at least so uneven are if the weights hold: Pearson's χ². 1 where nobody is."""
    from scipy.stats import chisquare

    total, whole = sum(counts.get(code, 0) for code in weights), sum(weights.values())
    if not total:
        return 1.0
    expected = [total * weight / whole for weight in weights.values()]
    return float(chisquare([counts.get(code, 0) for code in weights], expected).pvalue)


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """p-values for a family of which none may err (S. Holm, Scand. J. Stat. 6, 1979), in the order given."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    adjusted, most = [0.0] * len(values), 0.0
    for rank, place in enumerate(order):
        most = max(most, min(1.0, (len(values) - rank) * values[place]))
        adjusted[place] = most
    return tuple(adjusted)


def benjamini_hochberg(values: Sequence[float]) -> tuple[float, ...]:
    """p-values of which a stated share may be false (J. R. Stat. Soc. B 57, 1995), in the order given."""
    from scipy.stats import false_discovery_control

    return tuple(map(float, false_discovery_control(list(values)))) if values else ()


def _given(moments: Moments, measured: Measured) -> Any:
    from tea_tasting.aggr import Aggregates

    columns = measured.columns
    return Aggregates(
        count_=moments.n,
        mean_={name: moments.mean(name) for name in columns},
        var_={name: moments.variance(name) for name in columns},
        cov_={
            (one, other): moments.covariance(one, other)
            for place, one in enumerate(columns)
            for other in columns[place + 1 :]
        },
    )


def _unknown(control: Moments, treatment: Moments, measured: Measured) -> Gap:
    nan = math.nan
    return Gap(_level(control, measured), _level(treatment, measured), *(nan,) * 8)


def _level(moments: Moments, measured: Measured) -> float:
    top = moments.mean(measured.top)
    if measured.bottom is None:
        return top
    below = moments.mean(measured.bottom)
    return top / below if below else math.nan
