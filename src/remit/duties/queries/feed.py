"""Whose calendar a secret opens."""

import hashlib
from datetime import datetime

from remit.org.models import Person

from ..models import CalendarFeed


def digest_of(secret: str) -> str:
    """SHA-256, hexadecimal; a secret is 256 random bits, so it needs no salt."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def person_of_feed(secret: str) -> Person | None:
    """The active person to whom the address belongs; none otherwise."""
    feed = CalendarFeed.objects.filter(digest=digest_of(secret), person__is_active=True)
    found = feed.select_related("person").first()
    return found.person if found else None


def feed_since(person: Person) -> datetime | None:
    """Since when the person has an address; none when there is none."""
    return CalendarFeed.objects.filter(person=person).values_list("made_at", flat=True).first()
