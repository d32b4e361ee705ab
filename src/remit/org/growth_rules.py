"""Who may see how people grow, and who may say something about it.

Oneself, who leads one and who manages people where one works; nobody else (H3.3). A mentor sees the plan of
the first thirty days, not the levels.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused

from .enums import Ability, SkillSource
from .models import (
    Assignment,
    Confirmation,
    Ladder,
    Mentoring,
    NewcomerPlan,
    NewcomerStep,
    Person,
    Position,
    Skill,
    Successor,
    TemplateStep,
    Unit,
)
from .queries.assignments import held_by, held_from, holding_on
from .queries.leading import paths_led_by, people_led_by, posts_led_by
from .queries.mentorings import is_mentor_of
from .queries.scopes import below
from .queries.today import today
from .rules import can_in, can_manage, can_shape_positions, paths_with


def growth_visible_to(person: Person, on: date | None = None) -> QuerySet[Person]:
    """Oneself, whom one leads, and who works or will work where one manages people."""
    day = on or today()
    if not person.is_active:
        return Person.objects.none()
    managed = Unit.objects.filter(below(paths_with(person, Ability.MANAGE_PEOPLE, day)))
    theirs = Assignment.objects.filter(held_from(day), person=OuterRef("pk"), unit__in=managed)
    led = people_led_by(person, day)
    return Person.objects.filter(Q(pk=person.pk) | Q(pk__in=led.values("pk")) | Q(Exists(theirs)))


def can_see_growth(person: Person, other: Person, on: date | None = None) -> Verdict:
    """Whether the person may see another's levels, readiness and mentors."""
    if growth_visible_to(person, on).filter(pk=other.pk).exists():
        return ALLOWED
    return refused(_("Skills are seen by oneself, by who leads one, and by who manages people there."))


def can_guide(person: Person, other: Person, on: date | None = None) -> Verdict:
    """Whether the person may assess another, confirm criteria, give a mentor and make a plan."""
    if person.pk == other.pk:
        return refused(_("Nobody decides on their own growth. Ask who leads you or manages people."))
    if person.is_active and people_led_by(person, on or today()).filter(pk=other.pk).exists():
        return ALLOWED
    return can_manage(person, other, on)


def can_assess(person: Person, other: Person, source: str, on: date | None = None) -> Verdict:
    """Oneself assesses oneself; who guides somebody assesses them and enters evidence."""
    if source != SkillSource.SELF:
        return can_guide(person, other, on)
    if person.pk == other.pk and person.is_active:
        return ALLOWED
    return refused(_("A self-assessment is one's own."))


def confirmations_visible_to(person: Person, on: date | None = None) -> QuerySet[Confirmation]:
    """Those of the people whose growth the person sees."""
    return Confirmation.objects.filter(person__in=growth_visible_to(person, on))


def mentorings_visible_to(person: Person, on: date | None = None) -> QuerySet[Mentoring]:
    """One's own on either side, and those of the mentees whose growth the person sees."""
    if not person.is_active:
        return Mentoring.objects.none()
    return Mentoring.objects.filter(Q(mentor=person) | Q(mentee__in=growth_visible_to(person, on)))


def newcomer_plans_visible_to(person: Person, on: date | None = None) -> QuerySet[NewcomerPlan]:
    """One's own, those of the people whose growth one sees, and one's mentees'."""
    if not person.is_active:
        return NewcomerPlan.objects.none()
    accompanied = Mentoring.objects.filter(holding_on(on or today()), mentor=person)
    seen = Q(person__in=growth_visible_to(person, on)) | Q(person__in=accompanied.values("mentee"))
    return NewcomerPlan.objects.filter(seen)


def newcomer_steps_visible_to(person: Person, on: date | None = None) -> QuerySet[NewcomerStep]:
    """The steps of those plans."""
    return NewcomerStep.objects.filter(plan__in=newcomer_plans_visible_to(person, on))


def can_tick(person: Person, plan: NewcomerPlan) -> Verdict:
    """Whether the person may tick steps of a plan: the newcomer does, nobody for them."""
    if plan.person_id == person.pk and person.is_active:
        return ALLOWED
    return refused(_("Only the newcomer ticks the steps."))


def can_check_in(person: Person, plan: NewcomerPlan, on: date | None = None) -> Verdict:
    """Whether the person may write a check-in: the newcomer's mentor of the day, or who guides them."""
    if person.is_active and is_mentor_of(person, plan.person, on or today()):
        return ALLOWED
    return can_guide(person, plan.person, on)


def units_guided_by(person: Person, on: date | None = None) -> QuerySet[Unit]:
    """Units that the person leads or whose people they manage: where their team works."""
    day = on or today()
    paths = [*paths_led_by(person, day), *paths_with(person, Ability.MANAGE_PEOPLE, day)]
    return Unit.objects.filter(below(paths))


def successors_visible_to(person: Person, on: date | None = None) -> QuerySet[Successor]:
    """Those where the person leads or manages, but themselves: the named do not learn of it here."""
    return Successor.objects.filter(unit__in=units_guided_by(person, on)).exclude(person=person)


def can_name_successors(
    person: Person, position: Position, unit: Unit, named: Person | None = None, on: date | None = None
) -> Verdict:
    """Whether the person may say who could take over a position in a unit: of ``named``, or of others at all.

    Who holds it or leads its holders, and who manages people there; of oneself nobody.
    """
    day = on or today()
    if named is not None and named.pk == person.pk:
        return refused(_("Nobody decides on their own growth. Ask who leads you or manages people."))
    if any(_stands_over(post, path, position, unit) for path, post in posts_led_by(person, day)):
        return ALLOWED
    holds = any((post.path, post.position) == (unit.path, position.pk) for post in held_by(person, day))
    return ALLOWED if holds else can_in(person, Ability.MANAGE_PEOPLE, unit, on)


def _stands_over(post: int, path: str, position: Position, unit: Unit) -> bool:
    """Whether a leading post leads who holds a position in a unit: not another head beside it."""
    beside = unit.path == path and position.leads and position.reports_to_id != post
    return unit.path.startswith(path) and not beside


def skills_visible_to(person: Person, on: date | None = None) -> QuerySet[Skill]:
    """All, for whoever holds a position: what can be learnt is no secret."""
    return Skill.objects.all() if _works_here(person, on) else Skill.objects.none()


def ladders_visible_to(person: Person, on: date | None = None) -> QuerySet[Ladder]:
    """All, for whoever holds a position: how one rises is no secret."""
    return Ladder.objects.all() if _works_here(person, on) else Ladder.objects.none()


def template_steps_visible_to(person: Person, on: date | None = None) -> QuerySet[TemplateStep]:
    """All, for who may change positions."""
    return TemplateStep.objects.all() if can_shape_positions(person, on=on) else TemplateStep.objects.none()


def _works_here(person: Person, on: date | None) -> bool:
    return bool(held_by(person, on or today()))
