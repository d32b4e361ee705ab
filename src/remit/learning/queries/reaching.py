"""Whom a campaign with a control group reaches, and what the group says it brought."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from remit.customers.models import Customer
from remit.kernels.experiments.assigning import assign
from remit.planning.models import Campaign

from ..enums import Audience, ExperimentStage, MetricRole
from ..models import Experiment
from .definitions import definition_of, whole


@dataclass(frozen=True, slots=True)
class Brought:
    """Net sales a customer more because of the campaign, and all who were reached together, with the interval
    of 95 %. ``share`` is of those held out."""

    value: float
    low: float
    high: float
    share: float
    reached: int
    held: int

    @property
    def total(self) -> tuple[float, float, float]:
        return self.value * self.reached, self.low * self.reached, self.high * self.reached

    @property
    def is_above_zero(self) -> bool:
        return self.low > 0

    @property
    def is_below_zero(self) -> bool:
        return self.high < 0


def whom_to_reach(experiment: Experiment) -> Iterator[str]:
    """Codes of the customers who are not held out, in the order of the list."""
    control, *_others = experiment.variants.order_by("place")
    if experiment.audience == Audience.FILE:
        rows = experiment.enrolments.exclude(variant=control).order_by("person")
        yield from rows.values_list("person", flat=True).iterator(chunk_size=5_000)
        return
    definition = definition_of(whole(Experiment.objects.all()).get(pk=experiment.pk))
    codes = Customer.objects.filter(unit=experiment.unit_id).order_by("code").values_list("code", flat=True)
    for code in codes.iterator(chunk_size=5_000):
        if assign(definition, code).variant not in (None, control.code):
            yield code


def planned_audiences(campaigns: Collection[Campaign]) -> Iterator[tuple[int, Iterator[str]]]:
    """(campaign, codes of whom it is to reach), of those that hold some of their audience out."""
    rows = Experiment.objects.filter(campaign__in=campaigns).exclude(stage=ExperimentStage.CANCELLED)
    for experiment in rows.order_by("pk"):
        assert experiment.campaign_id is not None
        yield experiment.campaign_id, whom_to_reach(experiment)


def brought_by(experiment: Experiment) -> Brought | None:
    """What the newest look says; none before the end of the campaign, or where nothing can be said."""
    look = experiment.readings.filter(is_look=True).order_by("-through_on").first()
    if look is None:
        return None
    control, reached = experiment.variants.order_by("place")
    for one in look.figures:
        if one["role"] == MetricRole.PRIMARY and one["low"] is not None and one["share"] is not None:
            return Brought(
                one["value"], one["low"], one["high"], one["share"], look.counts[reached.code],
                look.counts[control.code],
            )  # fmt: skip
    return None
