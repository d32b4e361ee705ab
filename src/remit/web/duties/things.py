"""The thing behind the address of one of our pages: pasting the address gives it as evidence."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from remit.core.ref import Ref
from remit.org.models import Person

from ..refs import resolve as resolve_ref

KINDS = {
    "boards_board": "board",
    "figures_question": "savedquestion",
    "figures_target": "target",
    "figures_alert": "alert",
    "files_content": "storedfile",
    "imports_page": "import",
    "campaigns_campaign": "campaign",
    "channels_outlet": "outlet",
    "customers_customer": "customer",
    "products_product": "product",
    "plans_plan": "plan",
    "budgets_budget": "budget",
    "approvals_request": "request",
    "meetings_meeting": "meeting",
    "reports_report": "report",
    "org_unit": "unit",
    "org_person": "person",
}


def thing_at(person: Person, address: str) -> Ref | None:
    """The thing whose page the address is, if the person may see it; else none."""
    try:
        match = resolve(urlsplit(address.strip()).path)
    except (Resolver404, ValueError):
        return None
    kind = KINDS.get(match.url_name or "")
    numbers = [value for value in match.kwargs.values() if isinstance(value, int)]
    if kind is None or len(numbers) != 1:
        return None
    ref = Ref(kind, numbers[0])
    return ref if resolve_ref(person, ref) else None
