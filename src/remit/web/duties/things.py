"""The thing behind the address of one of our pages: pasting the address gives it as evidence."""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.core.ref import Ref
from remit.metrics.rules import metrics_visible_to
from remit.org.models import Person
from remit.planning.money_rules import releases_visible_to
from remit.planning.rules import deviations_visible_to

from ..refs import resolve as resolve_ref

# By the name of the address, what it is about; each has one number.
KINDS = {
    "approvals_request": "request",
    "boards_board": "board",
    "budgets_budget": "budget",
    "campaigns_campaign": "campaign",
    "channels_outlet": "outlet",
    "conflicts_conflict": "conflict",
    "contents_content": "contentitem",
    "cooperation_one": "cooperation",
    "creators_creator": "creator",
    "customers_customer": "customer",
    "diagnoses_diagnosis": "diagnosis",
    "experiments_experiment": "experiment",
    "figures_alert": "alert",
    "figures_question": "savedquestion",
    "figures_target": "target",
    "files_content": "storedfile",
    "goals_goal": "goal",
    "goals_strategy": "strategy",
    "imports_page": "import",
    "materials_material": "material",
    "meetings_meeting": "meeting",
    "org_person": "person",
    "org_position": "position",
    "org_unit": "unit",
    "pilots_pilot": "pilot",
    "plans_plan": "plan",
    "products_product": "product",
    "reports_report": "report",
    "risks_risk": "risk",
    "tasks_plan": "plan",
    "tasks_task": "task",
}
# Things without a page of their own, by the page on which they stand.
PARTS = {"deviation": "plans_plan", "release": "budgets_line", "custommetric": "figures_metric"}
TITLES = {
    "alert": _("Alert"),
    "board": _("Board"),
    "budget": _("Budget"),
    "campaign": _("Campaign"),
    "custommetric": _("Metric"),
    "conflict": _("Conflict"),
    "contentitem": _("Content"),
    "experiment": _("Experiment"),
    "cooperation": _("Request to another department"),
    "creator": pgettext_lazy("thing", "Endorser or creator"),
    "customer": _("Customer"),
    "deviation": _("Deviation"),
    "diagnosis": _("Diagnosis"),
    "goal": _("Goal"),
    "import": pgettext_lazy("thing", "Import"),
    "material": _("Material"),
    "meeting": _("Meeting"),
    "outlet": pgettext_lazy("thing", "Outlet"),
    "person": _("Person"),
    "pilot": pgettext_lazy("thing", "Pilot"),
    "plan": pgettext_lazy("thing", "Campaign plan"),
    "position": _("Position"),
    "product": pgettext_lazy("thing", "Product"),
    "release": pgettext_lazy("thing", "Release of reserve"),
    "report": _("Report"),
    "request": _("Request"),
    "risk": _("Risk"),
    "savedquestion": pgettext_lazy("thing", "Saved question"),
    "storedfile": _("File"),
    "strategy": _("Strategy"),
    "target": _("Target"),
    "task": pgettext_lazy("task", "Task"),
    "unit": _("Unit"),
}


def thing_at(person: Person, address: str, wanted: str = "") -> Ref | None:
    """The thing whose page the address is, if the person may see it; else none.

    ``wanted``: the kind that is asked for. Where it stands on the page of something else (a release on that
    of its budget line), it is the one that the address points at, or the newest there.
    """
    try:
        parts = urlsplit(address.strip())
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    if PARTS.get(wanted) == match.url_name:
        return _part(person, wanted, next(iter(match.kwargs.values())), parts)
    kind = KINDS.get(match.url_name or "")
    numbers = [value for value in match.kwargs.values() if isinstance(value, int)]
    if kind is None or len(numbers) != 1:
        return None
    ref = Ref(kind, numbers[0])
    return ref if resolve_ref(person, ref) else None


def _part(person: Person, kind: str, owner: Any, parts: SplitResult) -> Ref | None:
    rows: QuerySet[Any]
    match kind:
        case "deviation":
            rows = deviations_visible_to(person).filter(plan=owner)
        case "release":
            rows = releases_visible_to(person).filter(line=owner)
        case _:
            rows = metrics_visible_to(person).filter(code=owner)
    ids = list(rows.order_by("-pk").values_list("pk", flat=True))
    pointed = [pk for pk in ids if parts.fragment == f"{kind}-{pk}"]
    return Ref(kind, (pointed or ids)[0]) if ids else None
