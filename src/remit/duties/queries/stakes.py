"""For which charges a person answers, in which role, on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from remit.org.deciding import Organisation, holds
from remit.org.models import Person

from ..enums import Role
from ..models import Charge, RaciRow


@dataclass(frozen=True, slots=True)
class Stakes:
    """Ids of charges by role. ``above``: the person stands above the accountable, next or further up.

    ``next_above``: of these, where they stand next above the one who answers, so that it goes up to them.
    """

    accountable: frozenset[int] = frozenset()
    responsible: frozenset[int] = frozenset()
    consulted: frozenset[int] = frozenset()
    informed: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()
    next_above: frozenset[int] = frozenset()

    @property
    def owed(self) -> frozenset[int]:
        """Charges that the person has to do or to answer for."""
        return self.accountable | self.responsible

    @property
    def all(self) -> frozenset[int]:
        return self.owed | self.consulted | self.informed | self.above


def in_force(on: date) -> Q:
    """The condition that a charge is owed on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on)) & Q(duty__retired_at=None)


def charges_in_force(on: date) -> QuerySet[Charge]:
    """Every charge that is owed on a day."""
    return Charge.objects.filter(in_force(on))


def stakes_of(person: Person, on: date, organisation: Organisation) -> Stakes:
    """The charges for which the person answers, themselves or for somebody absent; one query.

    Those that ended too: what they owed and is not done yet is still owed by who answers now.
    """
    nearby = people_near(person.pk, on, organisation)
    near = {post.position for post in organisation.posts if post.person in nearby}
    under = Q(position__in=organisation.below(near), role=Role.ACCOUNTABLE)
    rows = RaciRow.objects.filter(Q(position__in=near) | under, charge__duty__retired_at=None)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for charge, unit, position, role in rows.values_list("charge", "charge__unit", "position", "role"):
        people = organisation.answering(position, unit, on).people
        if person.pk in people:
            found[role].add(charge)
        if role == Role.ACCOUNTABLE and person.pk in organisation.superiors(position, unit, on):
            found["above"].add(charge)
            if person.pk == organisation.superior(position, unit, people[0] if len(people) == 1 else 0, on):
                found["next_above"].add(charge)
    return Stakes(**{name: frozenset(charges) for name, charges in found.items()})


def people_near(person: int, on: date | None, organisation: Organisation) -> set[int]:
    """The person, and those for whom they may act that day (none: on any), through any chain."""
    people = {person}
    deputies = [d for d in organisation.deputies if on is None or holds(d.first, d.last, on)]
    while more := {d.person for d in deputies if d.delegate in people} - people:
        people |= more
    return people


@dataclass(frozen=True, slots=True)
class Crew:
    """Who answers for a charge at a moment: people by role. ``problem`` says why nobody is accountable."""

    accountable: int | None
    problem: str
    accountables: tuple[int, ...]
    responsible: tuple[int, ...]


NO_ACCOUNTABLE, VACANT, TWO, SILENT = "no_accountable", "vacant", "two_accountables", "absent"


def crews_of(charges: Iterable[Charge], on: date, organisation: Organisation) -> dict[int, Crew]:
    """The crew of each charge that day, by id; one query."""
    return crews_in({charge.pk: charge.unit_id for charge in charges}, on, organisation)


def crews_in(units: Mapping[int, int], on: date, organisation: Organisation) -> dict[int, Crew]:
    """The crew of each charge that day; ``units``: the unit of each charge, by ids; one query."""
    rows = RaciRow.objects.filter(charge__in=units, role__in=[Role.ACCOUNTABLE, Role.RESPONSIBLE])
    positions: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for charge, position, role in rows.values_list("charge", "position", "role"):
        positions[charge, role].append(position)
    return {
        charge: _crew(
            positions[charge, Role.ACCOUNTABLE], positions[charge, Role.RESPONSIBLE], unit, on, organisation
        )
        for charge, unit in units.items()
    }


def _crew(
    accountable: list[int], responsible: list[int], unit: int, on: date, organisation: Organisation
) -> Crew:
    doing = [p for position in responsible for p in organisation.answering(position, unit, on).people]
    found = [organisation.answering(position, unit, on) for position in accountable]
    people = tuple(dict.fromkeys(p for each in found for p in each.people))
    if len(people) == 1:
        problem = ""
    elif people:
        problem = TWO
    elif not accountable:
        problem = NO_ACCOUNTABLE
    else:
        problem = SILENT if any(each.silent for each in found) else VACANT
    return Crew(people[0] if len(people) == 1 else None, problem, people, tuple(dict.fromkeys(doing)))
