"""Who sees and may do what with conflicts and materials. Without an assignment: nothing."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.models import Person
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from .enums import ConflictState
from .models import Conflict, Material

CLAUSE, MATERIAL_CLAUSE = "H4.1.3", "H4.2.3"


def conflicts_visible_to(person: Person, on: date | None = None) -> QuerySet[Conflict]:
    """Of the units that the person sees, and those that they decide or logged."""
    if not person.is_active:
        return Conflict.objects.none()
    own = Q(decider=person) | Q(by=person)
    return Conflict.objects.filter(own | Q(unit__in=units_visible_to(person, on)))


def materials_visible_to(person: Person, on: date | None = None) -> QuerySet[Material]:
    """Of the units that the person sees."""
    return Material.objects.filter(unit__in=units_visible_to(person, on))


def can_log_conflicts(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may log conflicts and register materials: who works in a unit."""
    if person.is_active and units_visible_to(person, on).exists():
        return ALLOWED
    return refused(_("Who works in a unit does this."), CLAUSE)


def can_decide_conflict(person: Person, conflict: Conflict) -> Verdict:
    """Whether the person decides it: who is named, or who leads its unit or one above."""
    if conflict.state != ConflictState.OPEN:
        return refused(_("This conflict is no longer open."), CLAUSE)
    return _answers(person, conflict)


def can_say_consequence(person: Person, conflict: Conflict) -> Verdict:
    """Whether the person may say what came of it: who may have decided it."""
    if conflict.state != ConflictState.DECIDED:
        return refused(_("First it is decided."), CLAUSE)
    return _answers(person, conflict)


def can_count(person: Person, material: Material) -> Verdict:
    """Whether the person may say how much there is: its keeper, or who leads."""
    led = any(material.unit.path.startswith(path) for path in paths_led_by(person, today()))
    if person.is_active and (material.keeper_id == person.pk or led):
        return ALLOWED
    return refused(_("Who keeps the material counts it, or who leads the unit."), MATERIAL_CLAUSE)


def _answers(person: Person, conflict: Conflict) -> Verdict:
    led = any(conflict.unit.path.startswith(path) for path in paths_led_by(person, today()))
    if person.is_active and (conflict.decider_id == person.pk or led):
        return ALLOWED
    return refused(_("Who leads the unit decides this, or whoever is named."), CLAUSE)
