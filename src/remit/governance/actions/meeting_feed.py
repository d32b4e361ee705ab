"""The secret address of a person's meetings."""

import secrets
from datetime import datetime

from django.db import transaction

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..models import MeetingFeed
from ..queries.meeting_feed import digest_of


@transaction.atomic
def make_meeting_feed(*, person: Person, by: Person, at: datetime) -> str:
    """A new secret of 256 random bits, shown once; the old one is worthless from now on."""
    secret = secrets.token_urlsafe(32)
    MeetingFeed.objects.update_or_create(person=person, defaults={"digest": digest_of(secret), "made_at": at})
    record(events.MEETING_FEED_MADE, person, by=by, at=at)
    return secret
