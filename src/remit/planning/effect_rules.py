"""Who sees what campaigns did, and who has it measured."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.enums import Ability
from remit.org.models import Person
from remit.org.queries.leading import paths_led_by
from remit.org.queries.today import today
from remit.org.rules import can_in, units_visible_to

from .models import Campaign, EffectEstimate, Score
from .rules import EVALUATION_CLAUSE, plans_visible_to


def effects_visible_to(person: Person, on: date | None = None) -> QuerySet[EffectEstimate]:
    """Of the companies that the person sees whole: an effect is measured over all outlets of one."""
    if not person.is_active:
        return EffectEstimate.objects.none()
    return EffectEstimate.objects.filter(campaign__unit__in=units_visible_to(person, on))


def can_see_effect(person: Person, campaign: Campaign, on: date | None = None) -> Verdict:
    """Whether the person may see what a campaign did."""
    if person.is_active and units_visible_to(person, on).filter(pk=campaign.unit_id).exists():
        return ALLOWED
    return refused(
        _("The result is measured over all outlets of the company; whoever works for all of it sees it."),
        EVALUATION_CLAUSE,
    )


def can_measure(person: Person, campaign: Campaign, on: date | None = None) -> Verdict:
    """Whether the person may have it measured again: who defines figures there, or leads the company."""
    day = on or today()
    if not (sees := can_see_effect(person, campaign, day)):
        return sees
    if campaign.ends_on is None or campaign.ends_on >= day:
        return refused(
            _("It runs still, or nobody has said until when. It is measured when it has ended."),
            EVALUATION_CLAUSE,
        )
    if any(campaign.unit.path.startswith(path) for path in paths_led_by(person, day)):
        return ALLOWED
    return can_in(person, Ability.DEFINE_FIGURES, campaign.unit, day)


def scores_visible_to(person: Person, on: date | None = None) -> QuerySet[Score]:
    """Of the estimates of plans that the person sees."""
    return Score.objects.filter(estimate__plan__in=plans_visible_to(person, on))
