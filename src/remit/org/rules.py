"""Who may do what to units, positions and people. No assignment, no permission."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions.event import ref_text
from remit.audit.models import Event
from remit.core.ref import Ref
from remit.core.verdict import ALLOWED, Verdict, refused

from .enums import Ability
from .events import PERSON_ADDED
from .models import Assignment, Person, Position, Rung, Token, Unit
from .queries.assignments import assignments_of, held_by, held_from, holding_on, paths_of
from .queries.scopes import below
from .queries.today import today

STRUCTURE_CLAUSE = "H3.1.2"


def can(person: Person, ability: Ability, on: date | None = None) -> Verdict:
    """Whether a position held today (or ``on`` a day) gives the ability, for whatever unit."""
    if any(ability in post.abilities for post in held_by(person, on or today())):
        return ALLOWED
    return _lacks(ability)


def can_in(person: Person, ability: Ability, unit: Unit, on: date | None = None) -> Verdict:
    """Whether a position gives the ability in this unit: held in it or in a unit above it."""
    if any(unit.path.startswith(path) for path in paths_with(person, ability, on)):
        return ALLOWED
    if not (elsewhere := can(person, ability, on)):
        return elsewhere
    return refused(
        _("You hold “%(ability)s” for another part of the organisation, not for %(unit)s.")
        % {"ability": ability.label, "unit": unit.title(get_language() or "zh-hant")}
    )


def paths_with(person: Person, ability: Ability, on: date | None = None) -> list[str]:
    """Paths of the units for which the person holds the ability; their subtrees are included."""
    return [post.path for post in held_by(person, on or today()) if ability in post.abilities]


def units_visible_to(person: Person, on: date | None = None) -> QuerySet[Unit]:
    """The subtrees of the person's assignments."""
    return Unit.objects.filter(below(paths_of(person, on or today())))


def units_reaching(person: Person, on: date | None = None) -> QuerySet[Unit]:
    """Units with which something is shared so that it reaches the person: those they see, and those above.

    One query together with what it is asked for, since lists of shared things are on many pages.
    """
    path = ExpressionWrapper(OuterRef("path"), CharField())
    held = assignments_of(person, on or today()).alias(reached=path)
    theirs = held.filter(Q(reached__startswith=F("unit__path")) | Q(unit__path__startswith=F("reached")))
    return Unit.objects.filter(Exists(theirs))


def unit_refs_visible_to(person: Person) -> set[Ref]:
    """The units that the person sees today, as references: whose files they see."""
    return {Ref("unit", pk) for pk in units_visible_to(person).values_list("pk", flat=True)}


def units_managed_by(person: Person, on: date | None = None) -> QuerySet[Unit]:
    """Units whose people and positions the person may change."""
    return Unit.objects.filter(below(paths_with(person, Ability.MANAGE_PEOPLE, on)))


def people_visible_to(person: Person, on: date | None = None) -> QuerySet[Person]:
    """Oneself; whom one leads; and for who manages people: whoever works there, or will.

    Who works nowhere any more is seen where they worked; who never did, by those who manage people of a whole
    organisation (a root).
    """
    day = on or today()
    paths, led = _managed_and_led(person, day)
    if not person.is_active:
        return Person.objects.none()
    seen = Q(pk=person.pk)
    if led:
        working = Assignment.objects.filter(
            holding_on(day), person=OuterRef("pk"), unit__in=Unit.objects.filter(below(led))
        )
        seen |= Q(Exists(working))
    if paths:
        to_come = Assignment.objects.filter(held_from(day), person=OuterRef("pk"))
        here = Q(unit__in=Unit.objects.filter(below(paths)))
        once = Assignment.objects.filter(here, person=OuterRef("pk"))
        seen |= Q(Exists(to_come.filter(here))) | (Q(Exists(once)) & ~Q(Exists(to_come)))
    if any(len(path) == Unit.steplen for path in paths):
        seen |= Q(~Exists(Assignment.objects.filter(person=OuterRef("pk"))))
    return Person.objects.filter(seen)


def can_manage(person: Person, other: Person, on: date | None = None) -> Verdict:
    """Whether the person may change another's data, account and assignments.

    Only if all the other's present and future places lie where the person manages people, and give no
    ability that the person lacks there: who can change an address can take an account over by the reset mail.
    """
    if person.pk == other.pk:
        return refused(_("Nobody changes their own assignments. Ask another who manages people."))
    day = on or today()
    return _over(person, other, day, lambda held: _can_give(person, held.position, held.unit, day))


def can_look_after(person: Person, other: Person, on: date | None = None) -> Verdict:
    """Whether the person manages people wherever another works, now and later, whatever the posts give.

    That is enough to say who is away, and to keep names and hours; it opens neither account nor posts.
    """
    if person.pk == other.pk:
        return refused(_("Nobody changes their own assignments. Ask another who manages people."))
    day = on or today()
    return _over(person, other, day, lambda held: can_in(person, Ability.MANAGE_PEOPLE, held.unit, day))


def can_assign(
    person: Person, other: Person, position: Position, unit: Unit, on: date | None = None
) -> Verdict:
    """Whether the person may give this position in this unit to another."""
    return can_manage(person, other, on) and _can_give(person, position, unit, on)


def can_bring_in(person: Person, position: Position, unit: Unit, on: date | None = None) -> Verdict:
    """Whether the person may add somebody new who starts in this position in this unit."""
    return _can_give(person, position, unit, on or today())


def can_shape_positions(person: Person, abilities: Iterable[str] = (), on: date | None = None) -> Verdict:
    """Whether the person may add positions or change them, for every holder at once, giving these abilities.

    They manage people of a whole organisation (a root), and hold there whatever a position would give.
    """
    return can_everywhere(person, (Ability.MANAGE_PEOPLE, *map(Ability, abilities)), on)


def can_change_power(
    person: Person, position: Position, abilities: Iterable[str], *, rank: bool, on: date | None = None
) -> Verdict:
    """Whether the person may change what a position gives, and with ``rank`` who signs and decides for whom.

    To take power away is to rule over it: they hold whatever it gave and is to give, at a root, and not the
    position itself. Rank (it leads, is a key position, reports to another) takes who manages the system.
    """
    if any(post.position == position.pk for post in held_by(person, on or today())):
        return refused(_("Nobody changes the power of a position that they hold. Ask another who may."))
    shaping = can_shape_positions(person, {*position.abilities, *abilities}, on)
    if not shaping or not (rank or hands_on_keys(abilities, position)):
        return shaping
    return can_set_rank(person, on)


def hands_on_keys(abilities: Iterable[str], position: Position | None = None) -> bool:
    """Whether a position would newly let its holders decide on others' power."""
    had = set(position.abilities) if position else set()
    return bool((set(abilities) - had) & {Ability.MANAGE_PEOPLE, Ability.MANAGE_SYSTEM})


def can_set_rank(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may say which positions lead, manage people, and report to which."""
    reason = _("Which positions lead, manage people or report to which is set by who manages the system.")
    return _by_the_system(person, reason, on)


def can_change_address(person: Person, other: Person, on: date | None = None) -> Verdict:
    """Whether the person may change the address by which another logs in.

    It opens the account, by the mail that sets a new password. Before the first log-in, whoever entered it
    may have slipped; for everybody else, and later, it takes who manages the system.
    """
    verdict = can_manage(person, other, on)
    entered = Event.objects.filter(name=PERSON_ADDED.name, subject=ref_text(other), by=person.pk)
    if not verdict or (other.last_login is None and entered.exists()):
        return verdict
    return _by_the_system(
        person, _("The address of another's account is changed by who manages the system."), on
    )


def can_manage_system(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may do what holds for the whole installation, such as entering working days."""
    return can_everywhere(person, (Ability.MANAGE_SYSTEM,), on)


def can_bind(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may say how units are led, and how far they decide alone: the centre (H3.1.2)."""
    if can_everywhere(person, (Ability.MANAGE_PEOPLE,), on):
        return ALLOWED
    return refused(
        _("How a unit is led, and how far it decides alone, is set by the centre."), STRUCTURE_CLAUSE
    )


def _by_the_system(person: Person, reason: str, on: date | None) -> Verdict:
    return ALLOWED if can_manage_system(person, on) else refused(reason)


def can_everywhere(person: Person, abilities: Iterable[Ability], on: date | None = None) -> Verdict:
    """Whether the person holds the abilities for a whole organisation: at a root."""
    for ability in abilities:
        if not any(len(path) == Unit.steplen for path in paths_with(person, ability, on)):
            if not (able := can(person, ability, on)):
                return able
            return refused(
                _("This is the same everywhere; you hold “%s” for a part of the organisation only.")
                % ability.label
            )
    return ALLOWED


def can_move(person: Person, unit: Unit, to: Unit, on: date | None = None) -> Verdict:
    """Whether the person may hang a unit elsewhere: they manage people both here and there, and the system.

    Whoever holds a post above the new place rules over the unit from then on, and the former ones no more.
    """
    for place in (unit, to):
        if not (verdict := can_in(person, Ability.MANAGE_PEOPLE, place, on)):
            return verdict
    return _by_the_system(person, _("Where a unit hangs is said by who manages the system."), on)


def can_read_audit(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may read the record, which is of the whole organisation: the ability at a root."""
    if any(len(path) == Unit.steplen for path in paths_with(person, Ability.READ_AUDIT, on)):
        return ALLOWED
    if not (able := can(person, Ability.READ_AUDIT, on)):
        return able
    return refused(_("The record is of the whole organisation; your assignment is for a part of it."))


def _over(person: Person, other: Person, on: date, may: Callable[[Assignment], Verdict]) -> Verdict:
    """Whether the person manages people, sees the other, and ``may`` what each of their posts asks.

    Of who holds none any more, the last one counts.
    """
    if not (able := can(person, Ability.MANAGE_PEOPLE, on)):
        return able
    if not people_visible_to(person, on).filter(pk=other.pk).exists():
        return refused(_("This person works in a part of the organisation that you do not manage."))
    posts = Assignment.objects.filter(person=other).select_related("position", "unit")
    held = list(posts.filter(held_from(on))) or list(posts.order_by("-ends_on", "-pk")[:1])
    paths = tuple(paths_with(person, Ability.MANAGE_PEOPLE, on))
    if any(not each.unit.path.startswith(paths) for each in held):
        return refused(_("This person works in a part of the organisation that you do not manage."))
    if not held:  # who never worked anywhere is the whole organisation's
        return can_everywhere(person, (Ability.MANAGE_PEOPLE,), on)
    return next((verdict for each in held if not (verdict := may(each))), ALLOWED)


def _can_give(person: Person, position: Position, unit: Unit, on: date | None) -> Verdict:
    """Whether the person manages people in the unit and has there whatever the position gives.

    One of weight (it leads, is a key position, or manages people or the system) is given by who leads there
    or further up, or manages the system: its holders sign, or decide on others' power.
    """
    for ability in (Ability.MANAGE_PEOPLE, *map(Ability, position.abilities)):
        if not (verdict := can_in(person, ability, unit, on)):
            return verdict
    leads = any(unit.path.startswith(path) for path in _managed_and_led(person, on or today())[1])
    if leads or not (position.leads or position.is_key or hands_on_keys(position.abilities)):
        return ALLOWED
    return _by_the_system(
        person, _("Leading and key positions are given by who leads there, or manages the system."), on
    )


def _managed_and_led(person: Person, on: date) -> tuple[list[str], list[str]]:
    """Paths of the units where the person manages people, and of those that they lead."""
    held = held_by(person, on)
    managed = [post.path for post in held if Ability.MANAGE_PEOPLE in post.abilities]
    return managed, [post.path for post in held if post.leads]


def assignments_visible_to(person: Person, on: date | None = None) -> QuerySet[Assignment]:
    """One's own, and those in the units that the person leads or manages; past and future ones too."""
    if not person.is_active:
        return Assignment.objects.none()
    managed, led = _managed_and_led(person, on or today())
    units = Unit.objects.filter(below([*managed, *led]))
    return Assignment.objects.filter(Q(person=person) | Q(unit__in=units))


def positions_visible_to(person: Person, on: date | None = None) -> QuerySet[Position]:
    """Every position, for who manages people or leads; else those one holds, and those of their ladders."""
    day = on or today()
    if any(_managed_and_led(person, day)):
        return Position.objects.all()
    held = assignments_of(person, day).values("position")
    on_ladders = Rung.objects.filter(ladder__rungs__position__in=held)
    return Position.objects.filter(Q(pk__in=held) | Q(pk__in=on_ladders.values("position")))


def tokens_visible_to(person: Person) -> QuerySet[Token]:
    """One's own tokens, never another's."""
    return Token.objects.filter(person=person) if person.is_active else Token.objects.none()


def _lacks(ability: Ability) -> Verdict:
    return refused(
        _("Your positions do not include “%s”. Ask whoever manages people to assign one that does.")
        % Ability(ability).label
    )
