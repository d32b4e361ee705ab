"""What follows in the background when plans and money move, and what the clock looks at."""

from datetime import datetime

from django.tasks import task
from django.utils import timezone

from remit.audit.models import Event
from remit.org.models import Person

from .actions import publish_campaigns
from .actions.creator import remind_of_contracts
from .actions.effect import measure_campaigns
from .actions.release_rule import look_at_rules
from .actions.spend import publish_spend
from .models import Campaign


def publish_soon(*, event: Event, at: datetime) -> None:
    """A reaction: the lake learns of a campaign that was approved or moved, so that facts can name it."""
    publish_campaigns(at=at)


def publish_spend_soon(*, event: Event, at: datetime) -> None:
    """A reaction: money moved, so the lake's spend follows the ledger."""
    publish_spend(at=at)


@task()
def look_at_release_rules() -> int:
    """Judge the rules of release on data that are new; return how many fired."""
    return look_at_rules(at=timezone.now())


@task()
def measure_effects() -> int:
    """Measure the campaigns that have ended and whose data are new; return how many."""
    return measure_campaigns(at=timezone.now())


@task()
def measure_again(campaign_id: int, person_id: int) -> int:
    """Measure one campaign because somebody asked for it."""
    campaign, by = Campaign.objects.get(pk=campaign_id), Person.objects.get(pk=person_id)
    return measure_campaigns(at=timezone.now(), by=by, only=campaign)


@task()
def look_at_contracts() -> int:
    """Remind of contracts with endorsers and creators that expire soon; return how many people were told."""
    return remind_of_contracts(at=timezone.now())
