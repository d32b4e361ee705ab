"""Titles and addresses of units, people and positions."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import get_language

from remit.notices.subjects import Subject
from remit.org.models import Person
from remit.org.rules import people_visible_to, positions_visible_to, units_visible_to

from ..refs import resolves


def _language() -> str:
    return get_language() or "zh-hant"


@resolves("unit")
def units(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Units of the person's subtrees."""
    seen = units_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.title(_language()), reverse("org_unit", args=[each.pk])) for each in seen}


@resolves("person")
def people(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Oneself, and the people one manages."""
    seen = people_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.title(_language()), reverse("org_person", args=[each.pk])) for each in seen}


@resolves("position")
def positions(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Positions that one holds, or all for who manages people."""
    seen = positions_visible_to(person).filter(pk__in=ids)
    return {
        each.pk: Subject(each.title(_language()), reverse("org_position", args=[each.pk])) for each in seen
    }
