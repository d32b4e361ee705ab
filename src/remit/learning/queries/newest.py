"""The newest of each of several: readings of experiments, waves of pilots."""

from collections.abc import Iterable

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from ..models import Experiment, Pilot, Reading, Wave, WaveReading, WaveUnit


def newest_readings(experiments: Iterable[Experiment]) -> dict[int, Reading]:
    """By experiment, in two queries however many there are; those never read are not in it."""
    keys = [one.pk for one in experiments]
    newest = Reading.objects.filter(experiment=OuterRef("pk")).order_by("-through_on").values("pk")[:1]
    ids = Experiment.objects.filter(pk__in=keys).values_list(Subquery(newest), flat=True)
    return {one.experiment_id: one for one in Reading.objects.filter(pk__in=[pk for pk in ids if pk])}


def with_newest_wave(rows: QuerySet[Pilot]) -> QuerySet[Pilot]:
    """Each pilot with its last wave (``wave_number``, ``wave_stage``, ``wave_starts_on``) and what was read
    of it last (``effect``, ``advice``)."""
    waves = Wave.objects.filter(pilot=OuterRef("pk")).order_by("-number")
    read = WaveReading.objects.filter(wave__pilot=OuterRef("pk")).order_by("-wave__number", "-through_on")
    return rows.annotate(
        **{f"wave_{name}": Subquery(waves.values(name)[:1]) for name in ("number", "stage", "starts_on")},
        effect=Subquery(read.values("value")[:1]),
        advice=Subquery(read.values("advice")[:1]),
    )


def whole_waves(pilot: Pilot) -> QuerySet[Wave]:
    """Its waves, the last first, with units and readings in order, as a page shows them."""
    rows = pilot.waves.select_related("pilot", "started_by", "decision__by").order_by("-number")
    return rows.prefetch_related(
        Prefetch("units", WaveUnit.objects.order_by("place")),
        Prefetch("readings", WaveReading.objects.order_by("through_on")),
    )
