"""Who stands in which role for what a unit owes; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from remit.org.deciding import Organisation
from remit.org.models import Position, Unit
from remit.org.queries.today import today

from ..enums import Role
from ..models import Charge, Duty, RaciRow
from .handbook import by_code, titles_of

ORDER = tuple(Role)


@dataclass(frozen=True, slots=True)
class Column:
    """A position. ``is_vacant``: nobody holds it in the unit or above."""

    position: Position
    is_vacant: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """The roles of a position for a charge, in the order of RACI's letters A, R, C, I."""

    position: int
    roles: tuple[str, ...]

    @property
    def letters(self) -> str:
        return " ".join(role[0].upper() for role in self.roles)


@dataclass(frozen=True, slots=True)
class Row:
    """A charge with its cells, in the order of the columns."""

    charge: Charge
    title: str
    cells: tuple[Cell, ...]

    @property
    def has_accountable(self) -> bool:
        return any(Role.ACCOUNTABLE in cell.roles for cell in self.cells)


def lasting(charges: QuerySet[Charge], on: date) -> QuerySet[Charge]:
    """Charges that are owed on a day or later."""
    return charges.filter(Q(ends_on=None) | Q(ends_on__gte=on), duty__retired_at=None)


def chapters_of(codes: Iterable[str]) -> list[str]:
    """The chapters of some codes, in their order."""
    return sorted({code.split(".", 1)[0] for code in codes}, key=by_code)


def positions_in_order() -> QuerySet[Position]:
    """Every position, the leading ones first."""
    return Position.objects.order_by("-leads", "code")


def columns_of(unit: Unit, organisation: Organisation, on: date) -> list[Column]:
    """A column for every position; one query."""
    return [Column(each, not organisation.holders(each.pk, unit.pk, on)) for each in positions_in_order()]


def rows_of(charges: QuerySet[Charge], columns: Iterable[Column], language: str) -> list[Row]:
    """The charges in the order of their codes, each with a cell a column; three queries."""
    found = sorted(charges.select_related("duty", "unit"), key=lambda charge: by_code(charge.duty.code))
    titles = titles_of({charge.duty.current_id or 0 for charge in found}, language)
    roles: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    raci = RaciRow.objects.filter(charge__in=[charge.pk for charge in found])
    for charge, position, role in raci.values_list("charge", "position", "role"):
        roles[charge, position].add(role)
    positions = [column.position.pk for column in columns]
    return [
        Row(
            charge,
            titles.get(charge.duty.current_id or 0, ""),
            tuple(Cell(p, tuple(r for r in ORDER if r in roles[charge.pk, p])) for p in positions),
        )
        for charge in found
    ]


def duties_not_owed(duties: QuerySet[Duty], unit: Unit, language: str) -> list[Duty]:
    """Duties in force that the unit does not owe, with ``title``, by code; two queries."""
    owed = lasting(Charge.objects.filter(unit=unit), today()).values("duty")
    found = sorted(duties.filter(retired_at=None).exclude(pk__in=owed), key=lambda duty: by_code(duty.code))
    titles = titles_of({duty.current_id or 0 for duty in found}, language)
    for duty in found:
        duty.title = titles.get(duty.current_id or 0, "")  # type: ignore[attr-defined]  # for templates
    return found
