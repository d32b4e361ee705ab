"""The facts from which findings follow, for all units; a fixed number of queries."""

from collections import defaultdict
from datetime import date

from django.db.models import Max

from remit.metrics.catalog.spec import Better
from remit.metrics.queries.definitions import catalogue
from remit.org.deciding import Organisation, holds
from remit.org.models import Person, ProjectMember
from remit.org.queries.organisation import organisation_between

from ..deciding import LOOK_AHEAD, Facts, Owed
from ..enums import Role
from ..models import RaciRow, Reading
from .stakes import charges_in_force

WEEKS_PER_MONTH = 52 / 12


def facts_on(on: date) -> Facts:
    """What is owed on a day, by whom, and how much time they have."""
    organisation = organisation_between(on, on + LOOK_AHEAD)
    return Facts(organisation, _owed(on), capacities(organisation, on))


def _owed(on: date) -> tuple[Owed, ...]:
    roles: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    charges = charges_in_force(on)
    rows = RaciRow.objects.filter(charge__in=charges, role__in=[Role.ACCOUNTABLE, Role.RESPONSIBLE])
    for charge, position, role in rows.order_by("pk").values_list("charge", "position", "role"):
        roles[charge, role].append(position)
    measured = dict(Reading.objects.values_list("charge").annotate(Max("last")))
    attained = _attained()
    version = "duty__current__"
    columns = ("pk", "unit", f"{version}rhythm", f"{version}effort_minutes", "starts_on", "given_on")
    return tuple(
        Owed(
            charge=pk,
            unit=unit,
            rhythm=rhythm,
            effort_minutes=effort,
            accountable=tuple(roles[pk, Role.ACCOUNTABLE]),
            responsible=tuple(roles[pk, Role.RESPONSIBLE]),
            begins=max(begins, given_on or begins),
            measured_on=measured.get(pk),
            attained=attained.get(pk),
        )
        for pk, unit, rhythm, effort, begins, given_on in charges.order_by("pk").values_list(*columns)
    )


def _attained() -> dict[int, float]:
    """The newest reading with a target over that target, by charge; where lower is better, inverted."""
    rows = Reading.objects.exclude(target=None).order_by("last", "pk")
    version = "charge__duty__current__"
    columns = ("charge", "value", "target", f"{version}measure_manual", f"{version}measure_metric")
    down = {name for name, metric in catalogue().items() if metric.better is Better.DOWN}
    found = {}
    for charge, value, target, manual, metric in rows.values_list(*columns):
        lower = (manual or {}).get("better") == "lower" or metric in down
        over, under = (target, value) if lower else (value, target)
        if under:
            found[charge] = float(over / under)
    return found


def capacities(organisation: Organisation, on: date) -> dict[int, float]:
    """Hours a month of everybody who holds a post: weekly hours × share of posts, less what projects take."""
    shares: defaultdict[int, int] = defaultdict(int)
    for post in organisation.posts:
        if organisation.counts(post, on):
            shares[post.person] += post.share
    in_projects: defaultdict[int, int] = defaultdict(int)
    for person, share, first, last in ProjectMember.objects.values_list(
        "person", "share", "starts_on", "ends_on"
    ):
        if holds(first, last, on):
            in_projects[person] += share
    weekly = dict(Person.objects.filter(pk__in=shares).values_list("pk", "hours_per_week"))
    return {
        person: float(weekly[person]) * WEEKS_PER_MONTH * max(min(share, 100) - in_projects[person], 0) / 100
        for person, share in shares.items()
        if person in weekly
    }
