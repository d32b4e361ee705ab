"""Targets beside figures."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, QuerySet, Value, When

from remit.core.period import Period
from remit.org.models import Person, Unit
from remit.org.queries.scopes import ancestor_paths

from ..models import Target
from ..rules import targets_visible_to


def targets_for(
    person: Person, metrics: Iterable[str], unit: Unit | None, period: Period | None
) -> QuerySet[Target]:
    """Targets that the person sees of metrics over exactly a period, for a unit (none: the widest first)."""
    found = targets_visible_to(person).filter(metric__in=list(metrics)).select_related("unit", "owner")
    if period is not None:
        found = found.filter(first=period.first, last=period.last)
    if unit is not None:
        return found.filter(unit=unit)
    return found.order_by("unit__depth", "metric")


def nearest_target(person: Person, metric: str, unit: Unit, period: Period) -> Target | None:
    """The target of the unit itself for a period, or of the nearest unit above it that has one."""
    return _nearest(targets_visible_to(person).filter(metric=metric), unit, period)


def target_above(metric: str, unit: Unit, period: Period, currency: str) -> Target | None:
    """The same in a currency (empty for what is no money), for work of the system itself."""
    return _nearest(Target.objects.filter(metric=metric, currency=currency), unit, period)


def _nearest(targets: QuerySet[Target], unit: Unit, period: Period) -> Target | None:
    paths = [unit.path, *reversed(ancestor_paths(unit.path))]
    rank = Case(
        *(When(unit__path=path, then=Value(place)) for place, path in enumerate(paths)),
        output_field=IntegerField(),
    )
    found = targets.filter(first=period.first, last=period.last, unit__path__in=paths)
    return found.annotate(rank=rank).order_by("rank").first()
