"""What falls due when: for a month's page and for a calendar feed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from remit.org.models import Person
from remit.org.queries.organisation import organisation_between

from ..enums import Role, State
from ..models import Charge, Occurrence, RaciRow
from .stakes import people_near

UNFINISHED = (State.OPEN, State.DELIVERED)


def due_between(charges: Iterable[int], first: date, last: date) -> QuerySet[Occurrence]:
    """Occurrences of charges that are due from a day to a day, both included, in their order."""
    rows = Occurrence.objects.filter(charge__in=charges, due_on__gte=first, due_on__lte=last)
    return rows.select_related("charge__duty", "charge__unit").order_by("due_at", "charge__duty__code", "pk")


def own_due_between(
    person: Person, among: QuerySet[Charge], first: date, last: date, on: date
) -> list[Occurrence]:
    """What of some charges is the person's and due from a day to a day, in its order; ten queries at most.

    Each is asked about on its own due day, so that an absence, a delegation, or a post that begins or ends
    changes those days only. What should have been done by now is whose it is ``on`` the day of looking.
    """
    organisation = organisation_between(min(first, on), max(last, on))
    nearby = people_near(person.pk, None, organisation)
    near = {post.position for post in organisation.posts if post.person in nearby}
    rows = RaciRow.objects.filter(
        charge__in=among, position__in=near, role__in=[Role.ACCOUNTABLE, Role.RESPONSIBLE],
        charge__duty__retired_at=None,
    )  # fmt: skip
    places: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for charge, position, unit in rows.values_list("charge", "position", "charge__unit"):
        places[charge].add((position, unit))

    def is_own(one: Occurrence) -> bool:
        day = max(one.due_on, on) if one.state in UNFINISHED else one.due_on
        return any(person.pk in organisation.answering(*place, day).people for place in places[one.charge_id])

    return [one for one in due_between(places.keys(), first, last) if is_own(one)]
