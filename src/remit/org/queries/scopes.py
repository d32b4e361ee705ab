"""Whose rows a person may read figures from, and the same for a unit filter."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from remit.core.scope import Scope

from .. import scopes
from ..models import Person, Unit
from .assignments import paths_of


def scope_of(person: Person, on: date) -> Scope:
    """The subtrees of the assignments that hold on a day. Deny by default: no assignment sees nothing."""
    return _scope(set(paths_of(person, on)))


def within(units: Iterable[Unit]) -> Scope:
    """The scope of these units and everything below them, whoever looks."""
    return _scope({unit.path for unit in units})


def below(paths: Iterable[str]) -> Q:
    """The condition that a unit is one of these or lies below one; false for no paths."""
    condition = Q(pk__in=())
    for path in topmost(paths):
        condition |= Q(path__startswith=path)
    return condition


def topmost(paths: Iterable[str]) -> list[str]:
    """The paths that lie below no other one of them."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not (kept and path.startswith(kept[-1])):
            kept.append(path)
    return kept


def ancestor_paths(path: str) -> list[str]:
    """Paths of the units above, outermost first."""
    return [path[:end] for end in range(Unit.steplen, len(path), Unit.steplen)]


def _scope(paths: set[str]) -> Scope:
    """Companies in the subtrees; besides, the outlets of the subtrees that lie below a company.

    The topmost unit keeps the books of the units below no company, so it counts as one for whoever holds it.
    """
    if not paths:
        return Scope()
    roots = topmost(paths)
    above = {ancestor for path in roots for ancestor in ancestor_paths(path)}
    rows = Unit.objects.filter(below(roots) | Q(path__in=above)).values_list("id", "path", "is_company")
    companies_above = {path for _id, path, is_company in rows if is_company and path in above}
    partial = tuple(path for path in roots if companies_above.intersection(ancestor_paths(path)))
    units_below_company = {id_ for id_, path, _ in rows if partial and path.startswith(partial)}
    return Scope(
        companies=frozenset(
            id_
            for id_, path, is_company in rows
            if (is_company or len(path) == Unit.steplen) and path.startswith(tuple(roots))
        ),
        outlets=frozenset(scopes.outlet_ids_of(units_below_company)),
    )
