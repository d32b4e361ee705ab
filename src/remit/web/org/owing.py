"""What the pages of people, positions and units show of duties, as far as their reader sees them."""

from dataclasses import replace
from datetime import date

from django.utils.translation import get_language

from remit.duties.queries.owing import Owing, of_position, owing
from remit.duties.queries.stakes import stakes_of
from remit.duties.rules import charges_visible_to
from remit.org.models import Person, Position, Unit
from remit.org.queries.organisation import organisation_on


def owing_of_person(viewer: Person, person: Person, on: date) -> Owing:
    """What a person does or answers for, themselves or for somebody absent; away, what waits for them."""
    organisation = organisation_on(on)
    here = tuple(away for away in organisation.aways if away.person != person.pk)
    theirs = stakes_of(person, on, replace(organisation, aways=here)).owed
    return owing(charges_visible_to(viewer, on, organisation).filter(pk__in=theirs), on, _language())


def owing_of_position(viewer: Person, position: Position, on: date) -> Owing:
    """What a position does or answers for, in all units that the viewer sees."""
    return owing(of_position(charges_visible_to(viewer, on), position.pk), on, _language())


def owing_of_unit(viewer: Person, unit: Unit, on: date) -> Owing:
    """What a unit owes."""
    return owing(charges_visible_to(viewer, on).filter(unit=unit), on, _language())


def _language() -> str:
    return get_language() or "zh-hant"
