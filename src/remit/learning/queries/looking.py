"""What the data say of an experiment up to the end of one day."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from remit.kernels.experiments.comparing import (
    Gap,
    benjamini_hochberg,
    gap,
    holm,
    sample_ratio_p,
)
from remit.kernels.experiments.spending import criticals, repeated_p
from remit.metrics.catalog.spec import Better

from ..asking import Days
from ..deciding import Ends, Look, advise, least_days
from ..enums import Audience, MetricRole, ReadingMode
from ..models import Experiment
from ..per_person import PersonMeasure
from .definitions import definition_of, measures_of
from .gathering import Gathered, Source

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """The fields of a Reading; ``variant`` by code."""

    values: dict[str, Any] = field(default_factory=dict)
    variant: str | None = None


def tables_of(experiment: Experiment) -> list[str]:
    """The facts that its figures are read from."""
    return sorted({table for _role, one in measures_of(experiment) for table in one.tables})


def days_to_read(experiment: Experiment, last: date, done: Sequence[date]) -> list[date]:
    """Days after the newest reading whose data are there, up to its last day as things stand."""
    first = max([experiment.starts_on, *(day + timedelta(days=1) for day in done)])
    end = min(last, experiment.last_on)
    return [first + timedelta(days=n) for n in range((end - first).days + 1)]


def past_of(experiment: Experiment, day: date) -> date:
    """The earliest day whose facts a reading of this day needs."""
    days = Days(experiment.starts_on, day, experiment.uses_past)
    return days.past_on if days.has_past else days.first


def is_look(experiment: Experiment, day: date) -> bool:
    """Whether one may stop after this day: each, or the planned ends only."""
    if experiment.mode == ReadingMode.DAILY:
        return True
    number = (day - experiment.starts_on).days + 1
    return number in (experiment.days, experiment.days_most)


def look_at(source: Source, experiment: Experiment, day: date, before: Sequence[float]) -> Found:
    """Read one day; ``before``: the fractions of the looks so far."""
    roles = measures_of(experiment)
    gathered = _gathered(source, experiment, roles, day)
    number = (day - experiment.starts_on).days + 1
    fraction = number / experiment.days_most
    weights = {one.code: one.weight for one in experiment.variants.all()}
    values: dict[str, Any] = {
        "through_on": day, "fraction": fraction, "counts": gathered.counts,
        "sample_ratio_p": sample_ratio_p(gathered.counts, weights), "data_version": source.versions,
        "is_look": is_look(experiment, day), "critical": None, "figures": [],
    }  # fmt: skip
    if not values["is_look"]:
        crooked = values["sample_ratio_p"] < 0.001
        return Found(values | {"advice": "stop" if crooked else "wait",
                               "because": "crooked" if crooked else "not_yet"})  # fmt: skip
    looks = (*before, fraction)
    critical = criticals(looks, ALPHA / (len(weights) - 1))[-1]
    values["critical"] = critical if math.isfinite(critical) else None
    values["figures"] = _figures(gathered, roles, list(weights), looks, critical)
    advice, because, variant = advise(_as_look(experiment, values, day, roles))
    return Found(values | {"advice": advice, "because": because}, variant)


def _gathered(
    source: Source, experiment: Experiment, roles: Sequence[tuple[MetricRole, PersonMeasure]], day: date
) -> Gathered:
    enrolled = None
    if experiment.audience != Audience.EVERYBODY:
        rows = experiment.enrolments.filter(entered_on__lte=day)
        enrolled = list(rows.values_list("person", "variant__code", "entered_on"))
    return source.gather(
        definition_of(experiment), [one for _role, one in roles],
        Days(experiment.starts_on, day, experiment.uses_past), enrolled=enrolled,
        cap=float(experiment.cap) if experiment.cap is not None else None,
    )  # fmt: skip


def _figures(
    gathered: Gathered,
    roles: Sequence[tuple[MetricRole, PersonMeasure]],
    codes: Sequence[str],
    looks: tuple[float, ...],
    critical: float,
) -> list[dict[str, Any]]:
    """One entry a figure and treatment; p-values are adjusted within primary, secondary and guardrails."""
    found: list[dict[str, Any]] = []
    control = gathered.moments[codes[0]]
    for role, measure in roles:
        measured = gathered.measured[measure.metric.name]
        for code in codes[1:]:
            one = gap(control, gathered.moments[code], measured, critical=critical)
            found.append({"metric": measure.metric.name, "role": str(role), "variant": code,
                          **_plain(one, looks)})  # fmt: skip
    for role in MetricRole:
        rows = [row for row in found if row["role"] == role and row["p"] is not None]
        adjust = benjamini_hochberg if role == MetricRole.SECONDARY else holm
        for row, value in zip(rows, adjust([row["p"] for row in rows]), strict=True):
            row["adjusted"] = value
    return found


def _plain(one: Gap, looks: tuple[float, ...]) -> dict[str, float | None]:
    """Numbers of a comparison; null where nothing may be said."""
    names = ("control", "treatment", "value", "low", "high", "share", "share_low", "share_high")
    plain = {name: _finite(getattr(one, name)) for name in names}
    p = None
    if math.isfinite(one.p):
        p = one.p if looks == (1.0,) else repeated_p(looks, one.z)
    return {**plain, "p": p, "adjusted": None}


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _as_look(
    experiment: Experiment,
    values: dict[str, Any],
    day: date,
    roles: Sequence[tuple[MetricRole, PersonMeasure]],
) -> Look:
    falls = {one.metric.name for _role, one in roles if one.metric.better is Better.DOWN}
    turned: dict[str, list[Ends]] = {MetricRole.PRIMARY: [], MetricRole.GUARDRAIL: []}
    for row in values["figures"]:
        if row["role"] in turned:
            turned[row["role"]].append(_ends(row, falls=row["metric"] in falls))
    return Look(
        sample_ratio_p=values["sample_ratio_p"],
        primary=turned[MetricRole.PRIMARY], guardrails=turned[MetricRole.GUARDRAIL],
        days_read=(day - experiment.starts_on).days + 1, least_days=least_days(experiment.kind),
        is_last=day >= experiment.last_on,
        may_extend=bool(experiment.extra_days) and experiment.extended_at is None,
    )  # fmt: skip


def _ends(row: dict[str, Any], *, falls: bool) -> Ends:
    value, low, high = row["value"], row["low"], row["high"]
    if falls:
        value, low, high = (None if one is None else -one for one in (value, high, low))
    return Ends(row["variant"], value, low, high)
