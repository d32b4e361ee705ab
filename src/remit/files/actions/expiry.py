"""Let go of files whose time is over."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from remit.audit.actions import record

from .. import events
from ..content import stored_hashes
from ..models import StoredFile

# Content without a row is younger than this only while its row is being written.
YOUNG = timedelta(days=1)


def expire_files(*, at: datetime) -> int:
    """Mark what has expired as gone, and remove content that no file needs. Return how many expired."""
    expired = _mark(at)
    needed = set(StoredFile.objects.filter(gone_at=None).values_list("sha256", flat=True))
    for sha256, path in stored_hashes():
        changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if sha256 not in needed and at - changed_at > YOUNG:
            path.unlink(missing_ok=True)
    return expired


@transaction.atomic
def _mark(at: datetime) -> int:
    over = StoredFile.objects.filter(gone_at=None, expires_at__lte=at)
    ids = list(over.select_for_update().order_by("id").values_list("id", flat=True))
    if ids:
        StoredFile.objects.filter(pk__in=ids).update(gone_at=at)
        record(events.FILES_EXPIRED, None, by=None, at=at, fields={"count": len(ids), "files": ids})
    return len(ids)
