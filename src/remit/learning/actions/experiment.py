"""Prepare an experiment, change it, start it, cancel it."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remit.audit.actions import record
from remit.execution.models import Conflict
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person, Unit
from remit.planning.models import Campaign

from .. import events
from ..asking import ATTRIBUTES
from ..deciding import is_allowed, least_days, next_allowed
from ..enums import ActivityType, ExperimentStage, MetricRole
from ..models import WHOLE, Experiment, ExperimentMetric, ExperimentVariant, Layer
from ..per_person import measurable
from ..queries.definitions import whole
from ..queries.power import NothingBefore, foreseen

VARIANTS_MOST, METRICS_MOST, DAYS_MOST = 6, 12, 365
FIELDS = (
    "title", "hypothesis", "pain_point", "owner", "kind", "audience", "start", "end", "conditions",
    "starts_on", "days", "extra_days", "mode", "planned_effect", "uses_past", "cap",
)  # fmt: skip
RUNNING = (ExperimentStage.RUNNING, ExperimentStage.READ)


class ExperimentUnclear(ValueError):
    """What was given says too little or cannot be drawn from; the message says what."""


class ExperimentStands(ValueError):
    """It was started, or is over."""


@dataclass(frozen=True, slots=True)
class Given:
    """A variant; the first of several is the control."""

    code: str
    title: str
    weight: int


@transaction.atomic
def add_layer(*, unit: Unit, title: str, holdout: int, by: Person, at: datetime) -> Layer:
    """A layer whose experiments share nobody; ``holdout`` in ten-thousandths."""
    if not title.strip() or not 0 <= holdout < WHOLE // 2:
        raise ExperimentUnclear(_("A layer has a title, and holds out less than half of the people."))
    if Layer.objects.filter(unit=unit, title=title.strip()[:80]).exists():
        raise ExperimentUnclear(_("There is a layer of this title already."))
    row = Layer.objects.create(
        unit=unit, title=title.strip()[:80], salt=f"layer-{secrets.token_hex(8)}", holdout=holdout,
        made_by=by, made_at=at,
    )  # fmt: skip
    record(events.LAYER_ADDED, row, by=by, at=at, fields={"title": row.title, "holdout": holdout})
    return row


@transaction.atomic
def add_experiment(
    *,
    unit: Unit,
    key: str,
    layer: Layer | None,
    variants: Sequence[Given],
    metrics: Mapping[str, str],
    by: Person,
    at: datetime,
    dispute: Conflict | None = None,
    campaign: Campaign | None = None,
    salt: str = "",
    **values: Any,
) -> Experiment:
    """Prepare an experiment. ``metrics``: role by name of the metric. Without a layer it gets its own.

    ``salt``: none is drawn where one is given, such as by the demonstration, which is the same everywhere.
    """
    if Experiment.objects.filter(key=key).exists():
        raise ExperimentUnclear(_("There is an experiment with the key “%s” already.") % key)
    if layer is None:
        layer = add_layer(unit=unit, title=key, holdout=0, by=by, at=at)
    row = Experiment(
        unit=unit, key=key, layer=layer, dispute=dispute, campaign=campaign,
        salt=salt or f"{key}-{secrets.token_hex(6)}", made_by=by, made_at=at, **_known(values),
    )  # fmt: skip
    _require_clear(row, variants, metrics)
    row.save()
    _keep_parts(row, variants, metrics)
    record(events.EXPERIMENT_ADDED, row, by=by, at=at, fields={"key": row.key, "title": row.title})
    return row


@transaction.atomic
def change_experiment(
    *,
    experiment: Experiment,
    variants: Sequence[Given],
    metrics: Mapping[str, str],
    by: Person,
    at: datetime,
    **values: Any,
) -> Experiment:
    """Change it before its start."""
    row = _held(experiment, ExperimentStage.DRAFT)
    for name, value in _known(values).items():
        setattr(row, name, value)
    _require_clear(row, variants, metrics)
    row.foreseen = {}
    row.save()
    row.variants.all().delete()
    row.metrics.all().delete()
    _keep_parts(row, variants, metrics)
    record(events.EXPERIMENT_CHANGED, row, by=by, at=at, fields={"key": row.key, "title": row.title})
    return row


def foresee(*, experiment: Experiment, by: Person, at: datetime) -> Experiment:
    """Keep what the past says about its power; facts are read outside the transaction."""
    row = whole(Experiment.objects.all()).get(pk=experiment.pk)
    if row.stage != ExperimentStage.DRAFT:
        raise ExperimentStands(_("This experiment is no longer at that point; look at it again."))
    try:
        outlook = foreseen(row)
    except NothingBefore:
        raise ExperimentUnclear(
            _("There are no facts of this company before the first day, so nothing can be foreseen.")
        ) from None
    data = {
        "until": outlook.until.isoformat(), "advised": outlook.advised,
        "rows": [one.as_data() for one in outlook.rows],
    }  # fmt: skip
    with transaction.atomic():
        kept = _held(experiment, ExperimentStage.DRAFT)
        kept.foreseen = data
        kept.save(update_fields=["foreseen"])
        fields = {"key": kept.key, "title": kept.title}
        record(events.EXPERIMENT_CHANGED, kept, by=by, at=at, fields=fields)
    return kept


@transaction.atomic
def start_experiment(*, experiment: Experiment, by: Person, at: datetime) -> Experiment:
    """From now on hypothesis, rule and people stand as they are written.

    Slices of experiments that run in one layer at the same time do not overlap: the layer's row is locked.
    """
    row = _held(experiment, ExperimentStage.DRAFT)
    Layer.objects.select_for_update().get(pk=row.layer_id)
    clash = (
        Experiment.objects.filter(layer=row.layer_id, stage__in=RUNNING)
        .exclude(pk=row.pk)
        .filter(start__lt=row.end, end__gt=row.start)
        .first()
    )
    if clash is not None:
        raise ExperimentUnclear(
            _("“%s” runs in the same part of this layer. Choose another part, or wait for its end.")
            % clash.title
        )
    row.stage, row.started_at, row.started_by = ExperimentStage.RUNNING, at, by
    row.save(update_fields=["stage", "started_at", "started_by"])
    fields = {"key": row.key, "title": row.title, "days": row.days, "rule": _rule(row)}
    record(events.EXPERIMENT_STARTED, row, by=by, at=at, fields=fields)
    return row


@transaction.atomic
def cancel_experiment(*, experiment: Experiment, reason: str, by: Person, at: datetime) -> Experiment:
    """Give it up without a result; the reason stays."""
    row = _held(experiment, ExperimentStage.DRAFT, *RUNNING)
    if not reason.strip():
        raise ExperimentUnclear(_("Say why it is given up."))
    row.stage = ExperimentStage.CANCELLED
    row.save(update_fields=["stage"])
    fields = {"key": row.key, "reason": reason.strip()[:600]}
    record(events.EXPERIMENT_CANCELLED, row, by=by, at=at, fields=fields)
    return row


def _held(experiment: Experiment, *stages: ExperimentStage) -> Experiment:
    row = Experiment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=experiment.pk)
    if row.stage not in stages:
        raise ExperimentStands(_("This experiment is no longer at that point; look at it again."))
    return row


def _known(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if unknown := sorted(set(values) - set(FIELDS)):
        raise TypeError(f"An experiment has no changeable field {', '.join(unknown)}.")
    return values


def _require_clear(row: Experiment, variants: Sequence[Given], metrics: Mapping[str, str]) -> None:
    if not all(text.strip() for text in (row.title, row.hypothesis, row.pain_point)):
        raise ExperimentUnclear(
            _("An experiment has a title, a hypothesis, and the customer pain point that it serves (H1.3a).")
        )
    if row.layer.unit_id != row.unit_id:
        raise ExperimentUnclear(_("The layer belongs to another company."))
    if not is_allowed(row.kind, row.days) or row.days_most > DAYS_MOST:
        raise ExperimentUnclear(_length(row))
    if row.extra_days and row.kind == ActivityType.OTHER and row.extra_days % 7:
        raise ExperimentUnclear(_("An extension is of full weeks, because weekends differ."))
    if not 0 <= row.start < row.end <= WHOLE:
        raise ExperimentUnclear(_("Its part of the layer begins before it ends, between 0 and 100 %."))
    if not row.planned_effect or abs(row.planned_effect) > 10:
        raise ExperimentUnclear(_("Say which effect you expect: not zero, and at most ten times."))
    if row.cap is not None and not 50 <= row.cap < 100:
        raise ExperimentUnclear(_("Amounts are cut at a percentile from 50 to below 100."))
    unknown = [one["attribute"] for one in row.conditions if one["attribute"] not in ATTRIBUTES]
    if unknown:
        raise ExperimentUnclear(_("Customers have no attribute “%s”.") % unknown[0])
    _require_variants(variants)
    _require_metrics(metrics)


def _length(row: Experiment) -> str:
    least = least_days(row.kind)
    shortest = ngettext("at least %d day", "at least %d days", least) % least
    return _("This activity is tried for %(least)s; take %(next)d days (H6.2.3). At most %(most)d.") % {
        "least": shortest, "next": min(next_allowed(row.kind, row.days), DAYS_MOST), "most": DAYS_MOST,
    }  # fmt: skip


def _require_variants(variants: Sequence[Given]) -> None:
    codes = [one.code for one in variants]
    if not 2 <= len(variants) <= VARIANTS_MOST or len(set(codes)) < len(codes):
        raise ExperimentUnclear(
            _("Name a control and one to %d other variants, each with a code of its own.")
            % (VARIANTS_MOST - 1)
        )
    if any(one.weight < 1 or one.weight > WHOLE or not one.title.strip() for one in variants):
        raise ExperimentUnclear(_("Each variant has a title and a weight from 1 to 10,000."))


def _require_metrics(metrics: Mapping[str, str]) -> None:
    roles = list(metrics.values())
    if roles.count(MetricRole.PRIMARY) != 1 or len(metrics) > METRICS_MOST:
        raise ExperimentUnclear(
            _("One figure decides; besides it, name at most %d others.") % (METRICS_MOST - 1)
        )
    known = measurable(catalogue())
    if unknown := [name for name in metrics if name not in known]:
        raise ExperimentUnclear(_("“%s” cannot be read per person.") % unknown[0])


def _keep_parts(row: Experiment, variants: Iterable[Given], metrics: Mapping[str, str]) -> None:
    ExperimentVariant.objects.bulk_create(
        ExperimentVariant(
            experiment=row, place=place, code=one.code, title=one.title.strip()[:120], weight=one.weight
        )
        for place, one in enumerate(variants)
    )
    ExperimentMetric.objects.bulk_create(
        ExperimentMetric(experiment=row, place=place, metric=name, role=role)
        for place, (name, role) in enumerate(metrics.items())
    )


def _rule(row: Experiment) -> dict[str, Any]:
    """What stands from now on, for the record."""
    return {
        "mode": row.mode, "extra_days": row.extra_days, "planned_effect": str(row.planned_effect),
        "metrics": {one.metric: one.role for one in row.metrics.order_by("place")},
        "variants": {one.code: one.weight for one in row.variants.order_by("place")},
    }  # fmt: skip
