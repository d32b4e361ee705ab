"""Who keeps write keys: whoever may import for the company, since a key brings rows in as a file does."""

from django.db.models import QuerySet

from remit.core.verdict import Verdict
from remit.lake.rules import can_import, can_import_anywhere, units_importable_by
from remit.org.models import Person, Unit

from .models import WriteKey


def can_keep_keys(person: Person, unit: Unit) -> Verdict:
    """Whether a person may make, change and disable keys of a company."""
    return can_import(person, unit)


def can_keep_keys_anywhere(person: Person) -> Verdict:
    return can_import_anywhere(person)


def keys_visible_to(person: Person) -> QuerySet[WriteKey]:
    """The keys of the companies for which the person may import."""
    return WriteKey.objects.filter(unit__in=units_importable_by(person))
