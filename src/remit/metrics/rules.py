"""Who may define what is measured, and who sees which definitions. Figures follow the viewer's scope."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.enums import Ability
from remit.org.models import Person, Unit
from remit.org.queries.today import today
from remit.org.rules import can, can_everywhere, can_in, units_reaching, units_visible_to

from .models import Alert, Board, CustomMetric, SavedQuestion, Target


def can_define_metrics(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may define, change and retire metrics of the company's own."""
    return can(person, Ability.DEFINE_FIGURES, on)


def can_change_metric(person: Person, code: str, on: date | None = None) -> Verdict:
    """Whether the person may define this metric anew or retire it, for everybody who reads it.

    Who made its newest version, and who defines figures for the whole organisation; a free name is open to
    whoever may define metrics.
    """
    verdict = can_define_metrics(person, on)
    newest = CustomMetric.objects.filter(code=code).order_by("-version").first()
    if not verdict or newest is None or newest.made_by_id == person.pk:
        return verdict
    if can_everywhere(person, (Ability.DEFINE_FIGURES,), on):
        return ALLOWED
    return refused(
        _("“%(metric)s” was defined by %(maker)s. Ask them, or define one of your own under another name.")
        % {"metric": newest.title, "maker": newest.made_by.title(get_language() or "zh-hant")}
    )


def metrics_visible_to(person: Person) -> QuerySet[CustomMetric]:
    """Every definition: what a number means is no secret, the numbers themselves follow the scope."""
    return CustomMetric.objects.all() if person.is_active else CustomMetric.objects.none()


def can_set_targets(person: Person, unit: Unit, on: date | None = None) -> Verdict:
    """Whether the person may set targets for a unit."""
    return can_in(person, Ability.DEFINE_FIGURES, unit, on)


def targets_visible_to(person: Person, on: date | None = None) -> QuerySet[Target]:
    """Targets of the units that the person sees."""
    return Target.objects.filter(unit__in=units_visible_to(person, on))


def can_set_alerts(person: Person, unit: Unit, owner: Person, on: date | None = None) -> Verdict:
    """For oneself in a unit that one sees; for others, and their units, with the ability."""
    day = on or today()
    if not units_visible_to(owner, day).filter(pk=unit.pk).exists():
        return refused(_("The owner of the alert does not see this unit. Choose another owner or unit."))
    return ALLOWED if owner.pk == person.pk else can_in(person, Ability.DEFINE_FIGURES, unit, day)


def can_change_alert(person: Person, alert: Alert, on: date | None = None) -> Verdict:
    """Its owner, its maker while they see the unit, and who defines figures there."""
    if person.is_active and person.pk == alert.owner_id:
        return ALLOWED
    return can_in(person, Ability.DEFINE_FIGURES, alert.unit, on)


def alerts_visible_to(person: Person, on: date | None = None) -> QuerySet[Alert]:
    """One's own, and those of the units that one sees."""
    if not person.is_active:
        return Alert.objects.none()
    return Alert.objects.filter(Q(owner=person) | Q(unit__in=units_visible_to(person, on)))


def boards_visible_to(person: Person, on: date | None = None) -> QuerySet[Board]:
    """One's own and those shared with one; each looks at them with their own scope."""
    if not person.is_active:
        return Board.objects.none()
    return Board.objects.filter(Q(owner=person) | _shared_with(person, on))


def can_edit_board(person: Person, board: Board) -> Verdict:
    """Its owner only."""
    if person.is_active and board.owner_id == person.pk:
        return ALLOWED
    return refused(_("This board belongs to somebody else. Make a copy to change it."))


def questions_visible_to(person: Person, on: date | None = None) -> QuerySet[SavedQuestion]:
    """One's own and those shared with one."""
    if not person.is_active:
        return SavedQuestion.objects.none()
    return SavedQuestion.objects.filter(Q(owner=person) | _shared_with(person, on))


def _shared_with(person: Person, on: date | None) -> Q:
    """Shared with everybody, or with a unit that reaches the person."""
    return Q(is_shared=True) & (Q(shared_with=None) | Q(shared_with__in=units_reaching(person, on)))


def can_edit_question(person: Person, question: SavedQuestion) -> Verdict:
    """Its owner only."""
    if person.is_active and question.owner_id == person.pk:
        return ALLOWED
    return refused(_("This question belongs to somebody else. Save it under your own name to change it."))
