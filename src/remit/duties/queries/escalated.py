"""With whom an occurrence stands that went up: one rule for who may waive it, and on whose list it is."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from remit.org.deciding import Organisation
from remit.org.models import Person

from ..enums import State
from ..models import Escalation, Occurrence
from .accepting import superiors_of_charges
from .stakes import Stakes, people_near


class Raised(NamedTuple):
    """An open occurrence that went up: its id, those of its charge and the charge's unit, when it was due."""

    occurrence: int
    charge: int
    unit: int
    due_at: datetime


def raised(rows: QuerySet[Occurrence]) -> list[Raised]:
    """Those of the rows that went up and are open; a director may stand above thousands."""
    open_ones = rows.filter(escalation__gt=0, state=State.OPEN)
    return [Raised(*row) for row in open_ones.values_list("pk", "charge", "charge__unit", "due_at")]


def reached(rows: Collection[Raised], on: date, organisation: Organisation) -> dict[int, set[int]]:
    """By occurrence, the people whom it reached, or who acts for them; two queries.

    Where none of them holds a post any more, and where nobody stood above: whoever stands above now.
    """
    told: defaultdict[int, set[int]] = defaultdict(set)
    steps = Escalation.objects.filter(occurrence__in=[one.occurrence for one in rows]).exclude(person=None)
    posted = {post.person for post in organisation.posts if organisation.counts(post, on)}
    for occurrence, person in steps.values_list("occurrence", "person"):
        now = organisation.standing_in(person, on)
        if now in posted:
            told[occurrence].add(now)
    alone = {one.charge: one.unit for one in rows if not told[one.occurrence]}
    above = superiors_of_charges(alone, on, organisation)
    return {
        one.occurrence: told[one.occurrence] or {person for person in (above.get(one.charge),) if person}
        for one in rows
    }


def others_come_up_to(
    person: Person, stakes: Stakes, on: date, organisation: Organisation, most: int
) -> tuple[QuerySet[Occurrence], int]:
    """What went up to the person and is not their own work anyway: the oldest ones, and how many more."""
    rows = came_up_to(person, stakes, on, organisation)
    others = [one for one in rows if one.charge not in stakes.owed]
    others.sort(key=lambda one: (one.due_at, one.occurrence))
    first = Occurrence.objects.filter(pk__in=[one.occurrence for one in others[:most]])
    return first.order_by("due_at", "pk"), max(len(others) - most, 0)


def came_up_to(person: Person, stakes: Stakes, on: date, organisation: Organisation) -> list[Raised]:
    """The open occurrences that went up and stand with this person; at most four queries."""
    near = people_near(person.pk, on, organisation)
    told = Escalation.objects.filter(person__in=near).values("occurrence")
    found = raised(Occurrence.objects.filter(Q(pk__in=told) | Q(charge__in=stakes.above)))
    people = reached(found, on, organisation)
    return [one for one in found if person.pk in people[one.occurrence]]
