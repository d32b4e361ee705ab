"""Move a part of a line's reserve to what may be used: only with the last signature (H4.2.2)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.governance.actions.request import open_request, submit, withdraw
from remit.governance.actions.signature import NoLongerPossible
from remit.governance.enums import RequestState
from remit.governance.models import Request, Round
from remit.governance.queries.rounds import living_request
from remit.org.models import Person

from .. import events
from ..enums import ReleaseState, Stage
from ..models import BudgetLine, Plan, Release
from ..spending import CENT, Sums


class ReleaseUnclear(NoLongerPossible):
    """The reserve does not hold this much, its campaign was cancelled, or a release is asked for already."""


@transaction.atomic
def ask_release(*, line: BudgetLine, amount: Decimal, reason: str, by: Person, at: datetime) -> Round:
    """Ask for a part of the reserve; its request is submitted at once.

    Raise ReleaseUnclear, and what a submission raises: then nothing is kept.
    """
    line = BudgetLine.objects.select_for_update(of=("self",)).select_related("budget__unit").get(pk=line.pk)
    amount = amount.quantize(CENT)
    _require_campaign(line)
    if line.releases.filter(state=ReleaseState.ASKED).exists():
        raise ReleaseUnclear(_("A release of this line is being asked for: let it be decided, or drop it."))
    if not 0 < amount <= line.reserve:
        raise ReleaseUnclear(
            _("The reserve of “%(line)s” holds %(reserve)s: ask for a part of it.")
            % {"line": line.title, "reserve": f"{line.reserve:,.2f} {line.budget.currency}"}
        )
    if not reason.strip():
        raise ReleaseUnclear(_("A release needs a reason: the figures that speak for it."))
    row = Release.objects.create(line=line, amount=amount, reason=reason.strip()[:600], by=by, at=at)
    fields = {**_said(row), "reason": row.reason}
    record(events.RELEASE_REQUESTED, row, by=by, at=at, fields=fields)
    request = open_request(kind="budget_release", subject=Ref("release", row.pk), by=by, at=at)
    return submit(request=request, by=by, at=at)


@transaction.atomic
def drop_release(*, release: Release, by: Person, at: datetime) -> Release:
    """No longer ask for it."""
    request = living_request("budget_release", Ref("release", release.pk))
    if request is not None and request.state == RequestState.SUBMITTED:
        withdraw(request=request, by=by, at=at)
    row = _held(release.pk)
    if row.state != ReleaseState.ASKED:
        raise ReleaseUnclear(_("This release was decided already."))
    row.state = ReleaseState.DROPPED
    row.save(update_fields=["state"])
    record(events.RELEASE_DROPPED, row, by=by, at=at, fields={"code": row.line.code})
    return row


def apply_release(*, request: Request, by: Person, at: datetime) -> None:
    """Called in the transaction of the last signature: only now money moves."""
    row = _held(request.ref.id)
    if row.state != ReleaseState.ASKED:
        return
    line = BudgetLine.objects.select_for_update().get(pk=row.line_id)
    _require_campaign(line)
    if row.amount > line.reserve:
        raise ReleaseUnclear(_("The reserve no longer holds what was asked for: ask anew."))
    line.released += row.amount
    line.overrun = Sums(line.released, line.forecast, line.committed, line.spent).beyond()
    line.save(update_fields=["released", "overrun"])
    row.state, row.applied_at = ReleaseState.APPLIED, at
    row.save(update_fields=["state", "applied_at"])
    record(events.RELEASE_APPLIED, row, by=by, at=at, fields=_said(row))


def end_release(*, request: Request, by: Person | None, at: datetime) -> None:
    """Called when its request was refused: it is not asked for any more."""
    Release.objects.filter(pk=request.ref.id, state=ReleaseState.ASKED).update(state=ReleaseState.DROPPED)


def _require_campaign(line: BudgetLine) -> None:
    """A cancelled campaign spends nothing more; a closed one still gets its invoices."""
    if line.plan_id and Plan.objects.filter(pk=line.plan_id, stage=Stage.CANCELLED).exists():
        raise ReleaseUnclear(_("This campaign was cancelled: nothing more is spent on it."))


def _held(pk: int) -> Release:
    rows = Release.objects.select_for_update(of=("self",)).select_related("line__budget__unit")
    return rows.get(pk=pk)


def _said(row: Release) -> dict[str, object]:
    return {"code": row.line.code, "amount": row.amount, "currency": row.line.budget.currency}
