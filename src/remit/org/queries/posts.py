"""People with the positions that they hold."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet

from ..enums import Ability
from ..models import Assignment, Person, Unit
from .assignments import holding_on
from .scopes import ancestor_paths


def with_posts(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Bring along what ``posts_of`` reads: assignments on a day, with position and unit; one query more."""
    held = Assignment.objects.filter(holding_on(on)).select_related("position", "unit").order_by("starts_on")
    return people.prefetch_related(Prefetch("assignments", queryset=held, to_attr="posts"))


def posts_of(person: Person) -> list[Assignment]:
    """The assignments that ``with_posts`` brought along."""
    return list(getattr(person, "posts", ()))


def people_able(ability: Ability, unit: Unit, on: date) -> list[Person]:
    """Active people whose position gives the ability in the unit, or else in the nearest unit above it."""
    held = Assignment.objects.filter(
        holding_on(on), person__is_active=True, unit__path__in=[*ancestor_paths(unit.path), unit.path]
    ).select_related("person", "position", "unit")
    able = [each for each in held.order_by("pk") if ability in each.position.abilities]
    nearest = max((each.unit.depth for each in able), default=0)
    return list({each.person_id: each.person for each in able if each.unit.depth == nearest}.values())


def people_able_in(
    abilities: Iterable[Ability], units: Iterable[Unit], on: date
) -> dict[tuple[int, Ability], list[list[Person]]]:
    """Who has an ability in a unit, of many units and abilities: unit by unit upward; one query."""
    held = Assignment.objects.filter(holding_on(on), person__is_active=True)
    rows = list(held.select_related("person", "position", "unit").order_by("pk"))
    at: defaultdict[tuple[str, Ability], dict[int, Person]] = defaultdict(dict)
    for each in rows:
        for ability in abilities:
            if ability in each.position.abilities:
                at[each.unit.path, ability][each.person_id] = each.person
    found: dict[tuple[int, Ability], list[list[Person]]] = {}
    for unit in units:
        upward = [unit.path, *reversed(ancestor_paths(unit.path))]
        for ability in abilities:
            there = (at[path, ability] for path in upward if (path, ability) in at)
            found[unit.pk, ability] = [list(people.values()) for people in there]
    return found
