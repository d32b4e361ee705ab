"""A campaign's whole line as a document."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.execution.queries.schedule import schedule_of

from ..printing import CannotPrint, drawn, sent
from ..who import who
from .page import context_of, found


@require_GET
def document(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """From the goal to the lessons, as it stands at this moment."""
    plan = found(request, campaign_plan_id)
    context = {**context_of(plan, who(request)), "tasks": schedule_of(plan).tasks}
    try:
        body = drawn("plans/print.html", context, get_language() or "zh-hant")
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("plans_plan", plan.pk)
    return sent(body, _("Campaign %s.pdf") % plan.title)
