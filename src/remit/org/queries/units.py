"""Units with what a list shows of them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet

from ..models import Unit
from .scopes import ancestor_paths


def with_headcount(units: QuerySet[Unit], on: date) -> QuerySet[Unit]:
    """``people``: active holders of a position in the unit itself on a day, each counted once."""
    held = Q(assignments__starts_on__lte=on, assignments__person__is_active=True)
    lasting = Q(assignments__ends_on=None) | Q(assignments__ends_on__gte=on)
    return units.annotate(people=Count("assignments__person", filter=held & lasting, distinct=True))


def ancestors_of(unit: Unit) -> QuerySet[Unit]:
    """The units above, outermost first."""
    return Unit.objects.filter(path__in=ancestor_paths(unit.path)).order_by("path")


def children_of(unit: Unit) -> QuerySet[Unit]:
    """The units directly below, in their order."""
    return Unit.objects.filter(path__startswith=unit.path, depth=unit.depth + 1).order_by("path")


def units_by_code(codes: Collection[str]) -> dict[str, Unit]:
    """These units by their code; one query."""
    return {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}


def words_taken(parent: Unit, names: Collection[str]) -> bool:
    """Whether a unit of the same whole answers to one of these names, or has such a region."""
    root = Unit.objects.filter(path__startswith=parent.path[: Unit.steplen])
    rows = root.values_list("code", "name", "name_en", "region")
    taken = {word.strip().lower() for row in rows for word in row if word.strip()}
    return any(name.strip().lower() in taken for name in names)
