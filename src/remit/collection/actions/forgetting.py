"""Forget what no longer tells anything."""

from datetime import datetime, timedelta

from django.db import transaction

from ..models import Drain, Seen, Use
from ..queries.keys import minute_of
from ..reading.event import AGE_MAX

KEPT = AGE_MAX + timedelta(days=1)
USE_KEPT = timedelta(days=31)


@transaction.atomic
def forget_seen(*, at: datetime, by: None = None) -> int:
    """Drop ids of events that would be too old to come again, and counts of old minutes; return how many ids.

    The newest drain stays, so that numbers go on. No event of the record: nothing that anybody kept is lost.
    """
    newest = Drain.objects.order_by("-number").values_list("number", flat=True).first() or 0
    old = Drain.objects.filter(under_way=False, ended_at__lt=at - KEPT).exclude(pk=newest)
    seen = Seen.objects.filter(drain__in=old.values("pk"))
    forgotten = seen._raw_delete(seen.db)
    old.delete()
    Use.objects.filter(minute__lt=minute_of(at - USE_KEPT)).delete()
    return int(forgotten)
