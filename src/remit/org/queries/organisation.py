"""The organisation as facts: six queries, whatever its size."""

from datetime import date

from django.db.models import Q

from remit.core.reading import once_a_reading

from ..deciding import Away, Deputy, Lent, Organisation, Post, Rank
from ..enums import Structure
from ..models import Absence, Assignment, Delegation, Position, Secondment, Unit
from .scopes import ancestor_paths


def organisation_between(first: date, last: date) -> Organisation:
    """All that says who answers from a day to a day, both included; people who left are left out."""
    touches = Q(starts_on__lte=last) & (Q(ends_on=None) | Q(ends_on__gte=first))
    active = Q(person__is_active=True)
    posts = Assignment.objects.filter(touches, active).values_list(
        "id", "person_id", "position_id", "unit_id", "starts_on", "ends_on", "share"
    )
    aways = Absence.objects.filter(touches, active).values_list("person_id", "starts_on", "ends_on")
    deputies = Delegation.objects.filter(touches, active, delegate__is_active=True).values_list(
        "person_id", "delegate_id", "starts_on", "ends_on", "assignment_id", "by_other"
    )
    lents = Secondment.objects.filter(touches).values_list("home_id", "starts_on", "ends_on")
    ranks = Position.objects.values_list("id", "reports_to_id", "leads")
    units = list(Unit.objects.values_list("id", "path", "structure"))
    return Organisation(
        units={unit: path for unit, path, _structure in units},
        alone=frozenset(unit for unit, _path, how in units if how == Structure.DECENTRALISED),
        ranks={position: Rank(reports_to, leads) for position, reports_to, leads in ranks},
        posts=tuple(Post(*row) for row in posts),
        aways=tuple(Away(*row) for row in aways),
        deputies=tuple(Deputy(*row) for row in deputies),
        lents=tuple(Lent(*row) for row in lents),
    )


@once_a_reading
def organisation_on(on: date) -> Organisation:
    """All that says who answers on a day."""
    return organisation_between(on, on)


def heads_of(unit: Unit, organisation: Organisation, on: date) -> tuple[int, ...]:
    """Who heads a unit on a day; where nobody does, who heads the nearest above."""
    for path in reversed([*ancestor_paths(unit.path), unit.path]):
        found = {
            post.person
            for post in organisation.posts
            if organisation.units.get(post.unit) == path
            and organisation.ranks[post.position].leads
            and organisation.counts(post, on)
        }
        if found:
            return tuple(sorted(found))
    return ()
