"""Who sees and may do what with kept content, its findings and the company's own words."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.enums import Ability
from remit.org.models import Person, Unit
from remit.org.queries.assignments import held_by
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import paths_with, units_visible_to

from .enums import ContentState, FindingState
from .models import ContentFinding, ContentItem, OwnWords

COMPLIANCE_CLAUSE, SEPARATION_CLAUSE = "H5.1.3", "H4.3.3"


def own_words_visible_to(person: Person) -> QuerySet[OwnWords]:
    """The rules are everybody's who holds a position."""
    held = held_by(person, today())
    return OwnWords.objects.all() if held else OwnWords.objects.none()


def can_edit_own_words(person: Person) -> Verdict:
    """Whether the person may publish the company's own words: they hold for all units, so at a root."""
    if any(len(path) == Unit.steplen for path in paths_with(person, Ability.MANAGE_POLICIES)):
        return ALLOWED
    return refused(
        _("They hold for everybody: only who manages policies of the whole organisation changes them."),
        COMPLIANCE_CLAUSE,
    )


def contents_visible_to(person: Person, on: date | None = None) -> QuerySet[ContentItem]:
    """One's own, and those of the units that one sees."""
    if not person.is_active:
        return ContentItem.objects.none()
    return ContentItem.objects.filter(Q(owner=person) | Q(unit__in=units_visible_to(person, on)))


def findings_visible_to(person: Person, on: date | None = None) -> QuerySet[ContentFinding]:
    """Of the content that the person sees."""
    return ContentFinding.objects.filter(content__in=contents_visible_to(person, on))


def can_add_content(person: Person) -> Verdict:
    """Whether the person may keep content: who holds a position."""
    if held_by(person, today()):
        return ALLOWED
    return refused(_("Only who holds a position keeps content."), COMPLIANCE_CLAUSE)


def can_add_live(person: Person) -> Verdict:
    """Whether the person may register what is live already, past review: who manages policies at a root."""
    return can_edit_own_words(person)


def can_change_content(person: Person, item: ContentItem) -> Verdict:
    """Whether the person may change or withdraw it: its owner, or who leads its unit."""
    if item.state == ContentState.WITHDRAWN:
        return refused(_("This was withdrawn and stays as it is."), COMPLIANCE_CLAUSE)
    if not person.is_active:
        return refused(_("You no longer work here."), COMPLIANCE_CLAUSE)
    if item.owner_id == person.pk or any(
        item.unit.path.startswith(path) for path in paths_led_by(person, today())
    ):
        return ALLOWED
    return refused(_("Its owner changes it, or who leads its unit."), COMPLIANCE_CLAUSE)


def can_except(person: Person, finding: ContentFinding) -> Verdict:
    """Whether the person may let the words stand: who manages policies there and does not own the text."""
    if finding.state != FindingState.OPEN:
        return refused(_("This is closed."), COMPLIANCE_CLAUSE)
    if finding.content.owner_id == person.pk:
        return refused(
            _("Nobody lets stand what they wrote themselves: ask who manages policies."), SEPARATION_CLAUSE
        )
    unit = finding.content.unit
    if any(unit.path.startswith(path) for path in paths_with(person, Ability.MANAGE_POLICIES)):
        return ALLOWED
    return refused(_("Who manages policies lets words stand, with a reason."), COMPLIANCE_CLAUSE)
