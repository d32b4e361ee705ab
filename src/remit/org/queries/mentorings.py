"""Who accompanies whom."""

from datetime import date

from ..models import Mentoring, Person
from .assignments import holding_on


def is_mentor_of(person: Person, mentee: Person, on: date) -> bool:
    """Whether the person is the mentee's mentor on a day."""
    return Mentoring.objects.filter(holding_on(on), mentor=person, mentee=mentee).exists()
