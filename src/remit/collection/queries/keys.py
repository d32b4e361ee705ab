"""Write keys by what is sent, and how much came by them."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import QuerySet, Sum

from ..enums import KeyKind
from ..models import Use, WriteKey

BROWSER_PREFIX, SERVER_PREFIX = "rwk_", "rws_"


def digest_of(key: str) -> str:
    """How a key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def key_of(sent: str, at: datetime) -> WriteKey | None:
    """The key that was sent, unless it is unknown or disabled.

    Looked up once a second and process: one that was disabled elsewhere may open for a second more.
    """
    if not sent.startswith((BROWSER_PREFIX, SERVER_PREFIX)):
        return None
    return _looked_up(digest_of(sent), int(at.timestamp()))


@lru_cache(maxsize=512)
def _looked_up(digest: str, _second: int) -> WriteKey | None:
    return WriteKey.objects.filter(digest=digest, disabled_at=None).first()


def newest_of_pages(keys: QuerySet[WriteKey]) -> WriteKey | None:
    """Of these keys the one made last for web pages and in use: with it the shop can be tried."""
    return keys.filter(kind=KeyKind.BROWSER, disabled_at=None).order_by("-pk").first()


def forget_keys() -> None:
    """What this process has looked up is looked up anew."""
    _looked_up.cache_clear()


def minute_of(at: datetime) -> int:
    return int(at.timestamp()) // 60


def taken_since(keys: Collection[int], since: timedelta, at: datetime) -> dict[int, int]:
    """Events taken by each key within a time, to the minute; keys by which none came are left out."""
    rows = Use.objects.filter(key__in=list(keys), minute__gt=minute_of(at - since))
    return dict(rows.order_by().values_list("key").annotate(taken=Sum("events")))
