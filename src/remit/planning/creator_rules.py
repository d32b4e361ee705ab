"""Who sees and keeps the register of endorsers and creators. Without an assignment: nothing."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.models import Person
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from .enums import Stage
from .models import Creator, CreatorContract, Engagement, Plan
from .rules import REGISTER_CLAUSE, carries_plan, plans_visible_to


def creators_visible_to(person: Person, on: date | None = None) -> QuerySet[Creator]:
    """Of the units that the person sees."""
    return Creator.objects.filter(unit__in=units_visible_to(person, on))


def contracts_visible_to(person: Person, on: date | None = None) -> QuerySet[CreatorContract]:
    """Of the endorsers and creators that the person sees."""
    return CreatorContract.objects.filter(creator__in=creators_visible_to(person, on))


def engagements_visible_to(person: Person, on: date | None = None) -> QuerySet[Engagement]:
    """Of the plans that the person sees."""
    return Engagement.objects.filter(plan__in=plans_visible_to(person, on))


def can_register_creators(person: Person, on: date | None = None) -> Verdict:
    """Whether the person may put somebody on the register: who works in a unit."""
    if person.is_active and units_visible_to(person, on).exists():
        return ALLOWED
    return refused(_("Who works in a unit does this."), REGISTER_CLAUSE)


def can_keep_creator(person: Person, creator: Creator) -> Verdict:
    """Whether the person may change the entry and file contracts: its owner, or who leads the unit."""
    led = any(creator.unit.path.startswith(path) for path in paths_led_by(person, today()))
    if person.is_active and (creator.owner_id == person.pk or led):
        return ALLOWED
    return refused(_("Its owner keeps this entry, or who leads the unit."), REGISTER_CLAUSE)


def can_engage(person: Person, plan: Plan) -> Verdict:
    """Whether the person may say who appears in a plan: who carries it, before it has ended."""
    if not (carries := carries_plan(person, plan)):
        return carries
    if plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        return refused(_("This has ended and stays as it is."), REGISTER_CLAUSE)
    return ALLOWED
