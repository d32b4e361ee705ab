"""The secret address of a person's calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..models import CalendarFeed
from ..queries.feed import digest_of


@transaction.atomic
def make_feed(*, person: Person, by: Person, at: datetime) -> str:
    """A new secret of 256 random bits, shown once; the old one is worthless from now on."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        person=person, defaults={"digest": digest_of(secret), "made_at": at}
    )
    record(events.FEED_MADE, person, by=by, at=at)
    return secret


@transaction.atomic
def end_feed(*, person: Person, by: Person, at: datetime) -> None:
    """The calendar is not to be had by any address from now on; again without harm."""
    gone, _each = CalendarFeed.objects.filter(person=person).delete()
    if gone:
        record(events.FEED_ENDED, person, by=by, at=at)
