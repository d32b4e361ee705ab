"""Which companies a person works for."""

from datetime import date

from django.db.models import Q, QuerySet

from ..models import Person, Unit
from .assignments import paths_of
from .scopes import ancestor_paths, below


def companies_of(person: Person, on: date) -> QuerySet[Unit]:
    """Companies in the subtrees of the person's assignments, and the companies that those lie in.

    Wider than the scope of figures: somebody of a region sees the company's products and campaigns, not its
    rows of sales.
    """
    paths = paths_of(person, on)
    above = {ancestor for path in paths for ancestor in ancestor_paths(path)}
    return Unit.objects.filter(below(paths) | Q(path__in=above), is_company=True)


def books_of_units() -> dict[int, int]:
    """For each unit the company in whose books its figures stand: the nearest at or above it.

    A unit below no company belongs to the topmost unit of its tree.
    """
    books: dict[str, int] = {}
    found: dict[int, int] = {}
    for unit, path, is_company in Unit.objects.order_by("path").values_list("pk", "path", "is_company"):
        above = books.get(path[: -Unit.steplen])
        books[path] = found[unit] = unit if is_company or above is None else above
    return found
