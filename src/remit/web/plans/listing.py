"""The campaigns that are planned, run or were closed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from remit.planning.enums import CampaignKind, Stage
from remit.planning.rules import plans_visible_to, units_to_plan_for

from ..lists import Column, Filter, Listing
from ..templatetags.figures import say
from ..who import who
from ..whose import whose

TONES = {Stage.APPROVED: "accent", Stage.RUNNING: "good", Stage.CANCELLED: "bad"}

COLUMNS = (
    Column(
        "title", gettext_lazy("Campaign"), sort="title",
        href=lambda plan: reverse("plans_plan", args=[plan.pk]), note=lambda plan: plan.code,
    ),
    Column("kind", gettext_lazy("Kind"), value=lambda plan: plan.get_kind_display(), sort="kind"),
    Column("unit", gettext_lazy("Unit"), value=lambda plan: say(plan.unit)),
    Column("owner", gettext_lazy("Owner"), value=lambda plan: plan.owner, sort="owner__name"),
    Column("starts_on", gettext_lazy("First day"), kind="day", sort="starts_on"),
    Column("ends_on", gettext_lazy("Last day"), kind="day", sort="ends_on", optional=True),
    Column(
        "money", gettext_lazy("Money"), kind="money", sort="money", currency=lambda plan: plan.currency
    ),
    Column(
        "stage", pgettext_lazy("plan", "Stage"), kind="badge", sort="stage",
        value=lambda plan: plan.get_stage_display(), tone=lambda plan: TONES.get(Stage(plan.stage), ""),
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Plans that the person sees, those to come first."""
    person = who(request)
    rows = plans_visible_to(person).select_related("unit", "owner")
    found = Listing(
        request, rows, COLUMNS, name="plans", search=("title", "code", "owner__name"),
        filters=(
            Filter("stage", _("Stage"), Stage.choices, field="stage"),
            Filter("kind", _("Kind"), CampaignKind.choices, field="kind"),
            whose(person),
        ),
        sort="-starts_on",
    )  # fmt: skip
    context = {"listing": found, "may_plan": units_to_plan_for(person).exists()}
    return found.export() or render(request, "plans/list.html", context)
