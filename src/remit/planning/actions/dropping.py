"""A deviation that is no longer asked for: its asker drops it, or the campaign has ended."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.governance.actions.request import withdraw
from remit.governance.enums import RequestState
from remit.governance.queries.rounds import living_request
from remit.org.models import Person

from .. import events
from ..enums import DeviationState
from ..models import Deviation, Plan
from ..queries.plans import open_deviation


class AlreadyAsked(ValueError):
    """One deviation of a plan is decided before the next."""


@transaction.atomic
def drop_deviation(*, deviation: Deviation, by: Person, at: datetime) -> Deviation:
    """No longer ask for it; what is in force stays."""
    subject = Ref("deviation", deviation.pk)
    request = living_request("deviation", subject)
    if request is not None and request.state == RequestState.SUBMITTED:
        withdraw(request=request, by=by, at=at)
    row = Deviation.objects.select_for_update(of=("self",)).select_related("plan").get(pk=deviation.pk)
    if row.state != DeviationState.ASKED:
        raise AlreadyAsked(_("This deviation was decided already."))
    row.state = DeviationState.DROPPED
    row.save(update_fields=["state"])
    record(events.DEVIATION_DROPPED, row.plan, by=by, at=at, fields={"code": row.plan.code})
    return row


def drop_what_is_asked(*, plan: Plan, by: Person, at: datetime) -> None:
    """Called in the transaction that ends the plan, before the plan is locked: a last signature on its
    deviation takes its locks in that order.
    """
    if (asked := open_deviation(plan)) is not None:
        drop_deviation(deviation=asked, by=by, at=at)
