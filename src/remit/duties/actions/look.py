"""When somebody looked at their day."""

from datetime import datetime, timedelta

from django.db import transaction

from remit.org.models import Person

from ..models import LastLook

SAME_LOOK = timedelta(minutes=30)  # turning the page within this is still the same look


@transaction.atomic
def look(*, person: Person, at: datetime) -> datetime | None:
    """Note a look; return the look before this one, from which “what changed” counts (none: the first).

    Not in the record: when somebody reads is theirs.
    """
    known, fresh = LastLook.objects.get_or_create(person=person, defaults={"at": at})
    if not fresh and at - known.at > SAME_LOOK:
        LastLook.objects.filter(pk=known.pk).update(since=known.at, at=at)
        return known.at
    return known.since
