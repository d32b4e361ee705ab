"""A vacancy on its way to somebody: the pages of people carry its position and unit along in the address."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from remit.org.models import Position, Unit
from remit.org.queries.today import today
from remit.org.rules import positions_visible_to, units_managed_by

from ..who import who


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A position in a unit that the viewer manages."""

    position: Position
    unit: Unit

    @property
    def query(self) -> str:
        """What an address says of it, with its question mark."""
        return "?" + urlencode(self.initial)

    @property
    def initial(self) -> dict[str, Any]:
        """What an ``AssignmentForm`` begins with."""
        return {"position": self.position.pk, "unit": self.unit.pk}


def vacancy_of(request: HttpRequest) -> Vacancy | None:
    """``?position=7&unit=3``: none unless the viewer may fill it."""
    position, unit = request.GET.get("position", ""), request.GET.get("unit", "")
    if not (position.isdecimal() and unit.isdecimal()):
        return None
    person, on = who(request), today()
    found = positions_visible_to(person, on).filter(pk=position[:9]).first()
    where = units_managed_by(person, on).filter(pk=unit[:9]).first()
    return Vacancy(found, where) if found and where else None
