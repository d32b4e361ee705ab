"""The views of a list that a person named."""

from django.db.models import QuerySet

from ..models import ListView, Person


def list_views_of(person: Person, list_name: str) -> QuerySet[ListView]:
    """The person's own views of a list by title; nobody sees another's."""
    return ListView.objects.filter(person=person, list_name=list_name).order_by("title", "pk")
