"""What other rooms know of a campaign: who signed by which clause, and what it did."""

from datetime import datetime
from typing import Any

from remit.governance.models import Request
from remit.governance.rules import requests_visible_to
from remit.org.models import Person
from remit.planning.models import Plan

from ..approvals.drawn import signatures_of
from ..campaigns.result import result_of


def around(plan: Plan, approval: Request | None, person: Person, at: datetime) -> dict[str, Any]:
    """``signed``: the steps by stage, as far as the person may see them; the campaign's result beside."""
    may_read = approval is not None and requests_visible_to(person).filter(pk=approval.pk).exists()
    found: dict[str, Any] = {
        "signed": signatures_of(approval, at) if approval is not None and may_read else []
    }
    if plan.campaign is not None and plan.launched_at is not None:
        found |= result_of(plan.campaign, person)
    return found
