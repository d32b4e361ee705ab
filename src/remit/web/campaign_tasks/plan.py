"""The tasks of one campaign: list, board, Gantt, calendar."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from remit.execution.queries.schedule import open_slips, schedule_of
from remit.execution.queries.tasks import board_of, due_in_month, standing_of
from remit.execution.task_rules import can_give_tasks
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.queries.working_days import calendar_of
from remit.planning.models import Plan
from remit.planning.rules import plans_visible_to

from ..months import Month
from ..who import who
from .gantt import gantt_of
from .listing import of_plan

VIEWS = (
    ("gantt", pgettext_lazy("view", "Gantt"), "timeline"),
    ("board", pgettext_lazy("view", "Board"), "layout-kanban"),
    ("list", pgettext_lazy("view", "List"), "list"),
    ("calendar", pgettext_lazy("view", "Calendar"), "calendar"),
)
BARS_A_PAGE = 100


def found_plan(request: HttpRequest, campaign_plan_id: int) -> Plan:
    """The plan, if the person may see it."""
    rows = plans_visible_to(who(request)).select_related("unit", "owner")
    return get_object_or_404(rows, pk=campaign_plan_id)


@require_GET
def of_campaign(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """What there is to do, by whom, by when, and what holds up what."""
    plan, person = found_plan(request, campaign_plan_id), who(request)
    asked = request.GET.get("view", "")
    view = asked if asked in {code for code, _title, _icon in VIEWS} else "gantt"
    drawn = DRAWN[view](request, plan, person)
    if isinstance(drawn, HttpResponse):
        return drawn
    context = {
        "plan": plan, "view": view, "views": VIEWS, "may_give": bool(can_give_tasks(person, plan)),
        "standing": standing_of(plan, today()), "slips": open_slips(plan),
    }  # fmt: skip
    return render(request, "tasks/plan.html", context | drawn)


def _gantt(request: HttpRequest, plan: Plan, person: Person) -> dict[str, Any]:
    schedule = schedule_of(plan)
    page = Paginator(schedule.tasks, BARS_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    on = today()
    return {"gantt": gantt_of(schedule, rows, on, calendar_of(plan.unit, on)), "page": page}


def _board(request: HttpRequest, plan: Plan, person: Person) -> dict[str, Any]:
    return {"columns": board_of(plan, person), "may_move_all": bool(can_give_tasks(person, plan))}


def _list(request: HttpRequest, plan: Plan, person: Person) -> dict[str, Any] | HttpResponse:
    listing = of_plan(request, plan, person)
    return listing.export() or {"listing": listing}


def _calendar(request: HttpRequest, plan: Plan, person: Person) -> dict[str, Any]:
    on = today()
    month = Month.asked(request.GET.get("month", ""), max(min(on, plan.ends_on), plan.starts_on))
    rows = due_in_month(plan, month.days[0], month.days[-1])
    times = calendar_of(plan.unit, month.first)
    return {"month": month, "squares": month.squares(rows, lambda task: task.ends_on, on, times)}


DRAWN = {"gantt": _gantt, "board": _board, "list": _list, "calendar": _calendar}
