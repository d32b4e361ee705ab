"""The newest reading of each of several experiments."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from ..models import Experiment, Reading


def newest_readings(experiments: Iterable[Experiment]) -> dict[int, Reading]:
    """By experiment, in two queries however many there are; those never read are not in it."""
    keys = [one.pk for one in experiments]
    newest = Reading.objects.filter(experiment=OuterRef("pk")).order_by("-through_on").values("pk")[:1]
    ids = Experiment.objects.filter(pk__in=keys).values_list(Subquery(newest), flat=True)
    return {one.experiment_id: one for one in Reading.objects.filter(pk__in=[pk for pk in ids if pk])}
