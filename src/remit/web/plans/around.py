"""What other rooms know of a campaign: who signed by which clause, and what it did."""

from datetime import date, datetime
from typing import Any

from remit.execution.cooperation_rules import cooperations_visible_to
from remit.execution.enums import COMMITTED
from remit.execution.queries.cooperation import is_late, promises_of
from remit.governance.models import Request
from remit.governance.rules import requests_visible_to
from remit.org.models import Person
from remit.org.queries.today import company_day
from remit.planning.models import BudgetLine, Plan
from remit.planning.money_rules import lines_visible_to

from ..approvals.drawn import signatures_of
from ..campaigns.result import result_of
from ..cooperation.words import asked, standing, tone


def around(plan: Plan, approval: Request | None, person: Person, at: datetime) -> dict[str, Any]:
    """``signed``: the steps by stage, as far as the person may see them; the campaign's result beside.

    ``cooperations``: what is asked of other departments for it, and what they promised; ``money_lines``: its
    lines of budgets.
    """
    may_read = approval is not None and requests_visible_to(person).filter(pk=approval.pk).exists()
    found: dict[str, Any] = {
        "signed": signatures_of(approval, at) if approval is not None and may_read else [],
        "cooperations": _cooperations(plan, person, company_day(at)),
        "money_lines": _money_lines(plan, person),
    }
    if plan.campaign is not None and plan.launched_at is not None:
        found |= result_of(plan.campaign, person)
    return found


def _money_lines(plan: Plan, person: Person) -> list[BudgetLine]:
    lines = lines_visible_to(person).filter(plan=plan).select_related("budget")
    return list(lines.order_by("-granted", "code"))


def _cooperations(plan: Plan, person: Person, on: date) -> list[dict[str, Any]]:
    return [
        {
            "row": row, "standing": standing(row), "tone": tone(row, on), "is_late": is_late(row, on),
            "asked": asked(row), "is_promised": row.state in COMMITTED,
        }
        for row in promises_of(plan, cooperations_visible_to(person, on))
    ]  # fmt: skip
