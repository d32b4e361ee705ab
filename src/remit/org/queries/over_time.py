"""Who is there today, who acts for whom, and which lead somebody answers to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from ..deciding import Organisation
from ..models import Assignment, AutonomyLimit, Person, Project, ProjectDecision, ProjectMember, Unit
from .assignments import holding_on
from .people import people_by_id
from .scopes import ancestor_paths


@dataclass(frozen=True, slots=True)
class Standing:
    """How a post stands on a day. ``lent``: its holder works elsewhere. ``away``: absent, ``acting`` acts."""

    post: Assignment
    holds: bool
    lent: bool
    away: bool
    acting: Person | None


def standings(posts: Iterable[Assignment], on: date, organisation: Organisation) -> list[Standing]:
    """How each post stands on a day; one query for the people who act."""
    known = {post.id: post for post in organisation.posts}
    acting: dict[int, int | None] = {}
    rows = list(posts)
    for held in rows:
        if held.pk in known and organisation.is_away(held.person_id, on):
            acting[held.pk] = organisation.acting(known[held.pk], on)
    people = people_by_id({one for one in acting.values() if one is not None})
    return [
        Standing(
            post=held,
            holds=held.starts_on <= on and (held.ends_on is None or on <= held.ends_on),
            lent=held.pk in known and not organisation.counts(known[held.pk], on),
            away=held.pk in acting,
            acting=people.get(acting.get(held.pk) or 0),
        )
        for held in rows
    ]


@dataclass(frozen=True, slots=True)
class ActsFor:
    """Somebody absent, and the post for which one acts today."""

    person: Person
    post: Assignment


def acts_for(person: Person, on: date, organisation: Organisation) -> list[ActsFor]:
    """For whom the person acts on a day, by delegations in force while the others are absent; one query."""
    ids = [
        post.id
        for post in organisation.posts
        if post.person != person.pk
        and organisation.is_away(post.person, on)
        and organisation.counts(post, on)
        and organisation.acting(post, on) == person.pk
    ]
    if not ids:
        return []
    rows = Assignment.objects.filter(pk__in=ids).select_related("person", "position", "unit")
    return [ActsFor(row.person, row) for row in rows.order_by("person__name", "pk")]


@dataclass(frozen=True, slots=True)
class Membership:
    """A membership with the superior at home, who is the functional lead."""

    member: ProjectMember
    functional: Person | None


def with_decisions(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Bring along unit, both people and who decides what; one query more."""
    decisions = Prefetch("decisions", queryset=ProjectDecision.objects.order_by("pk"))
    return projects.select_related("unit", "lead", "arbiter").prefetch_related(decisions)


def members_of(projects: Iterable[Project], on: date, organisation: Organisation) -> list[Membership]:
    """Whoever works or worked in the projects, each with their functional lead of a day; two queries."""
    rows = ProjectMember.objects.filter(project__in=[project.pk for project in projects])
    return _with_leads(rows.select_related("person").order_by("starts_on", "pk"), on, organisation)


def memberships_of(
    person: Person, on: date, organisation: Organisation, projects: QuerySet[Project] | None = None
) -> list[Membership]:
    """What the person works in on a day, among these projects (all, for oneself); three queries."""
    rows = ProjectMember.objects.filter(holding_on(on), person=person)
    if projects is not None:
        rows = rows.filter(project__in=projects)
    whole = Prefetch("project", queryset=with_decisions(Project.objects.all()))
    return _with_leads(rows.prefetch_related(whole).order_by("ends_on", "pk"), on, organisation)


def _with_leads(rows: QuerySet[ProjectMember], on: date, organisation: Organisation) -> list[Membership]:
    found = list(rows)
    above = {row.person_id: organisation.superior_of(row.person_id, on) for row in found}
    people = people_by_id({one for one in above.values() if one is not None})
    return [Membership(row, people.get(above[row.person_id] or 0)) for row in found]


def limit_of(unit: Unit, on: date) -> AutonomyLimit | None:
    """How far the unit decides alone on a day: its own newest limit; none when it decides nothing alone."""
    return AutonomyLimit.objects.filter(unit=unit, starts_on__lte=on).order_by("-starts_on").first()


def alone_above(unit: Unit) -> Unit | None:
    """The nearest decentralised unit, itself or above, beyond which nobody answers for it; none without."""
    paths = [*ancestor_paths(unit.path), unit.path]
    return Unit.objects.filter(path__in=paths, structure="decentralised").order_by("-depth").first()


def holders_by_unit(units: Iterable[Unit], on: date) -> dict[int, list[Assignment]]:
    """Active holders in each unit on a day, heads first; one query."""
    rows = Assignment.objects.filter(holding_on(on), unit__in=[unit.pk for unit in units])
    rows = rows.filter(person__is_active=True).select_related("person", "position")
    found: defaultdict[int, list[Assignment]] = defaultdict(list)
    for row in rows.order_by("-position__leads", "position__name", "person__name", "pk"):
        found[row.unit_id].append(row)
    return found


def project_with_code(code: str) -> Project | None:
    """The project of a code."""
    return Project.objects.filter(code=code).first()
