"""Proposals to change a duty, by people or by what happens (H1.3b): one approval makes a version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.notices.actions import notify
from remit.org.enums import Ability
from remit.org.models import Person, Unit
from remit.org.queries.posts import people_able
from remit.org.queries.today import company_day

from .. import events
from ..enums import ProposalState
from ..models import Duty, Proposal
from ..queries.handbook import draft_of_version
from .duty import change_duty


class ProposalDecided(ValueError):
    """Somebody else decided it meanwhile."""


@transaction.atomic
def propose_change(
    *,
    duty: Duty,
    changes: Mapping[str, Any],
    reason: str,
    cause: Ref | None = None,
    by: Person | None,
    at: datetime,
) -> Proposal:
    """Propose other values for fields of a duty; an open one of the same cause, or
    of the same person with the same changes, is returned instead.

    Raise DraftUnusable for what a duty cannot say.
    """
    assert duty.current is not None  # a duty without a version is never committed
    draft_of_version(duty.code, duty.current).changed(changes)
    text = str(cause) if cause else ""
    waiting = Proposal.objects.filter(duty=duty, cause=text, state=ProposalState.OPEN)
    if not text:  # somebody's own idea is the same when they propose the same again
        waiting = waiting.filter(made_by=by, changes=dict(changes))
    same = waiting.first()
    if same is not None:
        return same
    made = Proposal.objects.create(
        duty=duty, changes=dict(changes), reason=reason[:300], cause=text, made_by=by, made_at=at
    )
    fields = {"code": duty.code, "reason": made.reason, "changes": sorted(changes)}
    record(events.PROPOSAL_MADE, made, by=by, at=at, fields=fields)
    _tell_deciders(made, by, at)
    return made


def _tell_deciders(proposal: Proposal, by: Person | None, at: datetime) -> None:
    """Whoever changes the handbook: those who manage duties of the whole organisation."""
    on = company_day(at)
    tops = Unit.objects.filter(depth=1)
    people = {one.pk: one for unit in tops for one in people_able(Ability.MANAGE_DUTIES, unit, on)}
    notify(
        people=[one for one in people.values() if by is None or one.pk != by.pk],
        text=gettext_noop(
            "A change of %(subject)s waits for your decision under “Proposals” of the handbook: %(reason)s"
        ),
        fields={"reason": proposal.reason}, subject=proposal.duty, key=f"proposal:{proposal.pk}",
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def decide_proposal(*, proposal: Proposal, is_accepted: bool, by: Person, at: datetime) -> Proposal:
    """Accepted, it becomes the duty's next version; declined, it is kept and changes nothing."""
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("duty__current", "made_by")
        .get(pk=proposal.pk)
    )
    if proposal.state != ProposalState.OPEN:
        raise ProposalDecided(_("Somebody decided this proposal already."))
    if is_accepted:
        assert proposal.duty.current is not None  # a duty without a version is never committed
        draft = draft_of_version(proposal.duty.code, proposal.duty.current).changed(proposal.changes)
        change_duty(duty=proposal.duty, draft=draft, note=proposal.reason, by=by, at=at)
    proposal.state = ProposalState.ACCEPTED if is_accepted else ProposalState.DECLINED
    proposal.decided_by, proposal.decided_at = by, at
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    fields = {"code": proposal.duty.code, "state": proposal.state}
    record(events.PROPOSAL_DECIDED, proposal, by=by, at=at, fields=fields)
    if proposal.made_by is not None and proposal.made_by_id != by.pk:
        notify(
            people=[proposal.made_by],
            text=gettext_noop("%(by)s accepted the change of %(subject)s that you proposed.")
            if is_accepted
            else gettext_noop("%(by)s declined the change of %(subject)s that you proposed."),
            fields={"by": by}, subject=proposal.duty, key=f"proposal-decided:{proposal.pk}", by=by, at=at,
        )  # fmt: skip
    return proposal
