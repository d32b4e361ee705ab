"""Key positions with who holds them and who could take over."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ..models import Assignment, Person, Position, Successor, Unit
from .assignments import holding_on


@dataclass(frozen=True, slots=True)
class KeyPost:
    """A key position in a unit in which it is or was held, or for which successors are named."""

    position: Position
    unit: Unit
    holders: tuple[Person, ...]
    successors: tuple[Successor, ...]

    @property
    def is_gap(self) -> bool:
        """Nobody could take over."""
        return not self.successors


def key_posts(units: QuerySet[Unit], on: date) -> list[KeyPost]:
    """The key posts of these units, by place and position; three queries."""
    here = {"unit__in": units, "position__is_key": True}
    held = Assignment.objects.filter(**here).select_related("position", "unit", "person")
    named = Successor.objects.filter(**here).select_related("position", "unit", "person")
    current = set(Assignment.objects.filter(holding_on(on), **here).values_list("pk", flat=True))
    places: dict[tuple[str, str], tuple[Position, Unit]] = {}
    holders: dict[tuple[str, str], dict[int, Person]] = {}
    successors: dict[tuple[str, str], list[Successor]] = {}
    for each in held.order_by("person__name"):
        place = (each.unit.path, each.position.code)
        places[place] = (each.position, each.unit)
        if each.pk in current and each.person.is_active:
            holders.setdefault(place, {})[each.person_id] = each.person
    for successor in named.order_by("order", "pk"):
        place = (successor.unit.path, successor.position.code)
        places[place] = (successor.position, successor.unit)
        successors.setdefault(place, []).append(successor)
    return [
        KeyPost(*places[place], tuple(holders.get(place, {}).values()), tuple(successors.get(place, ())))
        for place in sorted(places)
    ]
