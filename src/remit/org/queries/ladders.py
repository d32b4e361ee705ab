"""Ladders with their rungs and what each asks for."""

from django.db.models import Prefetch, QuerySet

from ..models import Criterion, Ladder, Position, Rung


def with_rungs(ladders: QuerySet[Ladder]) -> QuerySet[Ladder]:
    """Bring along rungs from the lowest to the highest, with positions and criteria; three queries more."""
    criteria = Criterion.objects.select_related("skill").order_by("pk")
    rungs = Rung.objects.select_related("position").order_by("order")
    rungs = rungs.prefetch_related(Prefetch("criteria", queryset=criteria))
    return ladders.prefetch_related(Prefetch("rungs", queryset=rungs))


def ladders_with(position: Position) -> QuerySet[Ladder]:
    """The ladders on which the position is a rung."""
    return with_rungs(Ladder.objects.filter(rungs__position=position).distinct().order_by("code"))


def criteria_on(ladder: Ladder) -> QuerySet[Criterion]:
    """What any rung of the ladder asks for."""
    return Criterion.objects.filter(rung__ladder=ladder).select_related("rung__position", "rung__ladder")
