"""Whose meetings a secret address opens."""

import hashlib

from remit.org.models import Person

from ..models import MeetingFeed


def digest_of(secret: str) -> str:
    """SHA-256, hexadecimal; a secret is 256 random bits, so it needs no salt."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def person_of_meetings(secret: str) -> Person | None:
    """The active person to whom the address belongs; none otherwise."""
    feed = MeetingFeed.objects.filter(digest=digest_of(secret), person__is_active=True)
    found = feed.select_related("person").first()
    return found.person if found else None
