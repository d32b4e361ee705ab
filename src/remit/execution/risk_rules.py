"""Who sees and may do what with risks. Without an assignment: one's own."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.models import Person
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.planning.rules import carries_plan, plans_visible_to

from .enums import RiskState
from .models import Risk

CLAUSE = "H4.3.2"


def risks_visible_to(person: Person, on: date | None = None) -> QuerySet[Risk]:
    """One's own, those of the units that one sees, and those of the plans that one sees."""
    if not person.is_active:
        return Risk.objects.none()
    of_plans = Q(plan__in=plans_visible_to(person, on))
    return Risk.objects.filter(Q(owner=person) | Q(unit__in=units_visible_to(person, on)) | of_plans)


def can_register_risks(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may register a risk: everybody who works somewhere, for the units they see."""
    if person.is_active and units_visible_to(person, on).exists():
        return ALLOWED
    return refused(_("Risks are registered by those who work in a unit."), CLAUSE)


def can_keep_risk(person: Person, risk: Risk) -> Verdict:
    """Whether the person may change it, rate it, say that it happened: its owner, or who leads."""
    if risk.state == RiskState.CLOSED:
        return refused(_("This risk is closed."), CLAUSE)
    if not person.is_active:
        return refused(_("Its owner does this, or who leads the unit."), CLAUSE)
    led = any(risk.unit.path.startswith(path) for path in paths_led_by(person, today()))
    if (
        led
        or person.pk in (risk.owner_id, risk.made_by_id)
        or (risk.plan and carries_plan(person, risk.plan))
    ):
        return ALLOWED
    return refused(_("Its owner does this, or who leads the unit."), CLAUSE)


def trigger_words(risk: Risk) -> str:
    """What its trigger says when it fires, in the language of who reads it."""
    if risk.alert is not None and risk.trigger == "metric":
        return _("The figure passed its limit: %s.") % risk.alert.title
    if risk.trigger == "date" and risk.trigger_on is not None:
        return _("The day has come: %s.") % risk.trigger_on.isoformat()
    return str(risk.get_trigger_event_display())
