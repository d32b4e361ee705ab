"""With whom an occurrence stands that went up: one rule for who may waive it, and on whose list it is."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from remit.org.deciding import Organisation
from remit.org.models import Person

from ..enums import State
from ..models import Escalation, Occurrence
from .accepting import superiors_of_charges
from .stakes import Stakes, people_near


def reached(rows: Collection[Occurrence], on: date, organisation: Organisation) -> dict[int, set[int]]:
    """By occurrence, the people whom it reached, or who acts for them; two queries.

    Where none of them holds a post any more, and where nobody stood above: whoever stands above now.
    """
    went_up = [one for one in rows if one.escalation and one.state == State.OPEN]
    told: defaultdict[int, set[int]] = defaultdict(set)
    steps = Escalation.objects.filter(occurrence__in=[one.pk for one in went_up]).exclude(person=None)
    posted = {post.person for post in organisation.posts if organisation.counts(post, on)}
    for occurrence, person in steps.values_list("occurrence", "person"):
        now = organisation.standing_in(person, on)
        if now in posted:
            told[occurrence].add(now)
    alone = [one.charge for one in went_up if not told[one.pk]]
    above = superiors_of_charges(alone, on, organisation)
    return {
        one.pk: told[one.pk] or {person for person in (above.get(one.charge_id),) if person}
        for one in went_up
    }


def others_come_up_to(
    person: Person, stakes: Stakes, on: date, organisation: Organisation
) -> QuerySet[Occurrence]:
    """What went up to the person and is not their own work anyway."""
    rows = Occurrence.objects.filter(pk__in=came_up_to(person, stakes, on, organisation))
    return rows.exclude(charge__in=stakes.owed)


def came_up_to(person: Person, stakes: Stakes, on: date, organisation: Organisation) -> list[int]:
    """Ids of the open occurrences that went up and stand with this person; at most four queries."""
    near = people_near(person.pk, on, organisation)
    told = Escalation.objects.filter(person__in=near).values("occurrence")
    rows = Occurrence.objects.filter(Q(pk__in=told) | Q(charge__in=stakes.above), escalation__gt=0)
    found = list(rows.filter(state=State.OPEN).select_related("charge"))
    return [pk for pk, people in reached(found, on, organisation).items() if person.pk in people]
