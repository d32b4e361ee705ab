"""A notice is its person's and nobody else's."""

from django.db.models import QuerySet

from remit.org.models import Person

from .models import Notice


def notices_visible_to(person: Person) -> QuerySet[Notice]:
    """The person's own notices; none for somebody who is not active."""
    return Notice.objects.filter(person=person) if person.is_active else Notice.objects.none()
