"""Experiments as the kernels know them, and which are fetched by programs."""

import json
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch, QuerySet

from remit.kernels.experiments.assigning import Condition, Definition, Variant, as_data
from remit.metrics.queries.definitions import catalogue

from ..enums import Audience, ExperimentStage, MetricRole
from ..models import Experiment, ExperimentMetric, ExperimentVariant
from ..per_person import PersonMeasure, measure_of


def whole(experiments: QuerySet[Experiment]) -> QuerySet[Experiment]:
    """With all that assignment and reading need."""
    return experiments.select_related("unit", "layer", "owner").prefetch_related(
        Prefetch("variants", ExperimentVariant.objects.order_by("place")),
        Prefetch("metrics", ExperimentMetric.objects.order_by("place")),
    )


def definition_of(experiment: Experiment) -> Definition:
    """What assignment needs; for whom a file names, the draw is not used."""
    return Definition(
        key=experiment.key, salt=experiment.salt, layer=experiment.layer.salt, start=experiment.start,
        end=experiment.end, holdout=experiment.layer.holdout,
        variants=tuple(Variant(one.code, one.weight) for one in experiment.variants.all()),
        conditions=tuple(
            Condition(one["attribute"], tuple(one["values"]), one["excludes"])
            for one in experiment.conditions
        ),
    )  # fmt: skip


def measures_of(experiment: Experiment) -> list[tuple[MetricRole, PersonMeasure]]:
    """How its figures are read per person, the primary one first; raise NotPerPerson, KeyError."""
    known = catalogue()
    rows = sorted(experiment.metrics.all(), key=lambda row: (row.role != MetricRole.PRIMARY, row.place))
    return [(MetricRole(row.role), measure_of(known[row.metric], known)) for row in rows]


def fetched(experiments: QuerySet[Experiment]) -> dict[str, Any]:
    """What programs fetch once: running experiments to assign by, and what was shipped to everybody else.

    ``version`` changes whenever anything in it does: it is the ETag.
    """
    rows = whole(experiments).exclude(audience=Audience.FILE)
    running = rows.filter(stage__in=[ExperimentStage.RUNNING, ExperimentStage.READ]).order_by("key")
    shipped = rows.filter(
        stage__in=[ExperimentStage.ROLLED_OUT, ExperimentStage.SCORED], roll_out__isnull=False
    ).select_related("roll_out__variant")
    data = {
        "running": [
            as_data(definition_of(one))
            | {"starts_on": one.starts_on.isoformat(), "ends_on": one.last_on.isoformat()}
            for one in running
        ],
        "shipped": {one.key: one.roll_out.variant.code for one in shipped.order_by("key")},
    }
    version = sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:24]
    return {"version": version, **data}
