"""With whom an occurrence stands that went up: one rule for who may waive it, and on whose list it is."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from remit.org.deciding import Organisation
from remit.org.models import Person

from ..enums import State
from ..models import Escalation
from .stakes import Stakes, people_near


def came_up_to(person: Person, stakes: Stakes, on: date, organisation: Organisation) -> Q:
    """The condition that an open occurrence went up and stands with this person that day.

    It reached them, or somebody for whom they act. Where nobody whom it reached holds a post any more, and
    where nobody stood above: whoever stands above now.
    """
    posted = {post.person for post in organisation.posts if organisation.counts(post, on)}
    known = posted.union(*((each.person, each.delegate) for each in organisation.deputies))
    there = [one for one in known if organisation.standing_in(one, on) in posted]
    near = people_near(person.pk, on, organisation)
    own = [one for one in there if one in near and organisation.standing_in(one, on) == person.pk]
    went_up = Q(escalation__gt=0, state=State.OPEN)
    return went_up & (_reached(own) | (Q(charge__in=stakes.next_above) & ~_reached(there)))


def _reached(people: list[int]) -> Q:
    return Q(Exists(Escalation.objects.filter(occurrence=OuterRef("pk"), person__in=people)))
