"""Who has to accept what was delivered: one rule for who may, who is asked, and on whose list it stands."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import OuterRef, Subquery

from remit.org.deciding import Organisation
from remit.org.models import Person

from ..enums import Role, State
from ..models import Charge, Occurrence, RaciRow, Submission
from .stakes import Stakes, crews_in


def reviewers(accountables: tuple[int, ...], deliverer: int, above: int | None) -> tuple[int, ...]:
    """The accountable; of what they delivered themselves whoever stands above them.

    Nobody above: the accountable themselves, since somebody has to answer for it.
    """
    others = tuple(one for one in accountables if one != deliverer)
    return others or ((above,) if above else accountables)


def superior_of_charge(charge: Charge, person: int, on: date, organisation: Organisation) -> int | None:
    """Who stands above the accountable position of a charge, other than the person."""
    position = accountable_positions([charge.pk]).get(charge.pk)
    return organisation.superior(position, charge.unit_id, person, on) if position else None


def superiors_of_charges(
    units: Mapping[int, int], on: date, organisation: Organisation
) -> dict[int, int | None]:
    """Who stands above the accountable person of each charge (by id, with its unit); at most one query."""
    found: dict[int, int | None] = {}
    for charge, position in accountable_positions(units).items():
        people = organisation.answering(position, units[charge], on).people
        sole = people[0] if len(people) == 1 else 0
        found[charge] = organisation.superior(position, units[charge], sole, on)
    return found


def to_accept(person: Person, stakes: Stakes, on: date, organisation: Organisation) -> list[int]:
    """Ids of the delivered occurrences that wait for this person; at most three queries."""
    newest = Submission.objects.filter(occurrence=OuterRef("pk")).order_by("-pk").values("by")[:1]
    mine = stakes.accountable | stakes.above
    rows = Occurrence.objects.filter(state=State.DELIVERED, charge__in=mine).annotate(
        deliverer=Subquery(newest)
    )
    found = list(rows.values_list("pk", "charge", "charge__unit", "deliverer"))
    units = {charge: unit for _pk, charge, unit, _by in found}
    crews = crews_in(units, on, organisation)
    positions = accountable_positions(units)
    waiting = []
    for pk, charge, unit, by in found:
        deliverer, position = by or 0, positions.get(charge)
        above = organisation.superior(position, unit, deliverer, on) if position else None
        if person.pk in reviewers(crews[charge].accountables, deliverer, above):
            waiting.append(pk)
    return waiting


def accountable_positions(charges: Iterable[int]) -> dict[int, int]:
    """The position that is accountable, by charge; one query."""
    rows = RaciRow.objects.filter(charge__in=list(charges), role=Role.ACCOUNTABLE)
    return dict(rows.values_list("charge", "position"))
