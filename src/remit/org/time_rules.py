"""Who sees and may note absences, delegations, secondments and projects. No assignment, no permission."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused

from .enums import Ability
from .models import (
    Absence,
    Assignment,
    Delegation,
    Person,
    Position,
    Project,
    ProjectMember,
    Secondment,
    Unit,
)
from .queries.assignments import assignments_of, held_from
from .queries.colleagues import colleagues_of, stand_ins_of
from .queries.leading import paths_led_by
from .queries.organisation import organisation_on
from .queries.today import today
from .rules import (
    assignments_visible_to,
    can_assign,
    can_in,
    can_look_after,
    can_manage,
    people_visible_to,
    units_visible_to,
)

MATRIX_CLAUSE = "H3.1.3"


def can_note_absence(person: Person, other: Person, on: date | None = None) -> Verdict:
    """Whether the person may say when another is away: oneself, and who looks after the other."""
    if person.pk == other.pk and person.is_active:
        return ALLOWED
    return can_look_after(person, other, on)


def can_name_to_act(
    person: Person, other: Person, to: Person, first: date | None = None, last: date | None = None
) -> Verdict:
    """Whether the person may name ``to`` to act for another from a day to a day.

    Whoever acts signs and decides as the other does. Everybody names for themselves. Of others, for each of
    their posts: who stands above it, who holds the same position there or further up all the while, or whom
    the person could give it to; never themselves.
    """
    verdict = can_note_absence(person, other)
    if not verdict or person.pk == other.pk:
        return verdict
    day = first or today()
    if day < today():
        return refused(_("For somebody else, from today on: what is past was answered by who was there."))
    posts = Assignment.objects.filter(held_from(day), person=other).select_related("position", "unit")
    if to.pk != person.pk and all(_could_act(person, to, post, day, last) for post in posts):
        return ALLOWED
    return refused(
        _(
            "Whoever acts signs and decides as the absent one does."
            " Name who stands above, or holds the same position."
        )
    )


def _could_act(person: Person, to: Person, post: Assignment, first: date, last: date | None) -> bool:
    above = organisation_on(first).posts_above(post.position_id, post.unit_id, first)
    if any(
        each.person == to.pk and (each.last is None or (last is not None and each.last >= last))
        for each in above
    ):
        return True
    same = assignments_of(to, first).filter(position=post.position).select_related("unit")
    lasting = [each for each in same if each.ends_on is None or (last is not None and each.ends_on >= last)]
    if any(post.unit.path.startswith(each.unit.path) for each in lasting):
        return True
    return bool(can_assign(person, to, post.position, post.unit))


def can_end_acting(person: Person, delegation: Delegation) -> Verdict:
    """Whether the person may end that somebody acts for another: what they decided themselves, only they do,
    and who may change their posts."""
    if delegation.by_other or person.pk == delegation.person_id:
        return can_note_absence(person, delegation.person)
    return can_manage(person, delegation.person)


def absences_visible_to(person: Person, on: date | None = None) -> QuerySet[Absence]:
    """One's own, and those of the people whom one leads or manages."""
    return Absence.objects.filter(person__in=people_visible_to(person, on))


def delegations_visible_to(person: Person, on: date | None = None) -> QuerySet[Delegation]:
    """Those of the people whom one sees, and those by which one acts oneself."""
    if not person.is_active:
        return Delegation.objects.none()
    return Delegation.objects.filter(Q(person__in=people_visible_to(person, on)) | Q(delegate=person))


def secondments_visible_to(person: Person, on: date | None = None) -> QuerySet[Secondment]:
    """Those whose assignment at home or away the person sees."""
    seen = assignments_visible_to(person, on)
    return Secondment.objects.filter(Q(home__in=seen) | Q(away__in=seen))


def can_second(
    person: Person, home: Assignment, position: Position, unit: Unit, on: date | None = None
) -> Verdict:
    """Whether the person may lend the holder of an assignment to a unit: they manage both units' people."""
    return can_in(person, Ability.MANAGE_PEOPLE, home.unit, on) and can_assign(
        person, home.person, position, unit, on
    )


def projects_visible_to(person: Person, on: date | None = None) -> QuerySet[Project]:
    """Those of the units that the person sees, their own, and those of whom they lead or manage."""
    if not person.is_active:
        return Project.objects.none()
    theirs = ProjectMember.objects.filter(
        project=OuterRef("pk"), person__in=people_visible_to(person, on).values("pk")
    )
    here = units_visible_to(person, on)
    return Project.objects.filter(Q(unit__in=here) | Q(lead=person) | Q(arbiter=person) | Q(Exists(theirs)))


def memberships_visible_to(person: Person, on: date | None = None) -> QuerySet[ProjectMember]:
    """Those of the projects that the person sees."""
    return ProjectMember.objects.filter(project__in=projects_visible_to(person, on))


def can_start_project(
    person: Person, unit: Unit, heads: Iterable[Person] = (), on: date | None = None
) -> Verdict:
    """Whether the person may start a project in a unit with these heads, its lead and its arbiter.

    They manage people there, and make nobody its head who is not: themselves only where they lead anyway.
    """
    verdict = can_in(person, Ability.MANAGE_PEOPLE, unit, on)
    leads = any(unit.path.startswith(path) for path in paths_led_by(person, on or today()))
    if verdict and not leads and person.pk in {each.pk for each in heads}:
        return refused(
            _("Nobody makes themselves the head of a project. Choose somebody else."), MATRIX_CLAUSE
        )
    return verdict


def can_staff(person: Person, project: Project, on: date | None = None) -> Verdict:
    """Whether the person may add members and let them go: the lead, and who manages people in its unit."""
    if person.pk == project.lead_id and person.is_active:
        return ALLOWED
    if can_in(person, Ability.MANAGE_PEOPLE, project.unit, on):
        return ALLOWED
    return refused(
        _("Only the lead of the project, and who manages people in its unit, say who works in it."),
        MATRIX_CLAUSE,
    )


def deputies_for(person: Person, other: Person, on: date | None = None) -> QuerySet[Person]:
    """Whom the person may choose from when they name who acts for another: their own colleagues, and who
    stands above the other."""
    day = on or today()
    people = Q(pk__in=colleagues_of(person, day).values("pk")) | Q(
        pk__in=stand_ins_of(other, day).values("pk")
    )
    return Person.objects.filter(people).exclude(pk=other.pk)


def choosable_by(person: Person, on: date | None = None, *, also: int | None = None) -> QuerySet[Person]:
    """The people whom the person may name as a delegate, lead, arbiter or member: their colleagues.

    ``also``: the key of who is named already, who stays nameable.
    """
    colleagues = colleagues_of(person, on or today())
    if also is None:
        return colleagues
    return Person.objects.filter(Q(pk__in=colleagues.values("pk")) | Q(pk=also))
