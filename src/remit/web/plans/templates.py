"""Templates of plans: offered when a campaign is planned, taken into a draft, kept from a plan, removed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.execution.actions.template import (
    NothingToKeep,
    TemplateNameTaken,
    TemplateNotTaken,
    keep_template,
    remove_template,
    take_template,
)
from remit.execution.models import PlanTemplate
from remit.execution.plan_templates import END, Template
from remit.execution.queries.templates import content_of, shipped_templates, titles_of_positions
from remit.execution.template_rules import can_remove_template, can_take_template, templates_visible_to
from remit.planning.enums import CampaignKind
from remit.planning.rules import can_plan_in, units_to_plan_for

from ..requiring import require
from ..who import who
from .offering import OWN, KeepForm, TakeForm, template_by
from .page import found, show


@dataclass(frozen=True, slots=True)
class Shown:
    """A template as drawn. ``row``: none of those that ship."""

    code: str
    title: str
    kind: str
    tasks: list[dict[str, Any]]
    risks: list[str]
    measures: list[str]
    row: PlanTemplate | None = None
    may_remove: bool = False


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every template, those of the company first."""
    person = who(request)
    rows = templates_visible_to(person).select_related("unit", "made_by").order_by("kind", "name", "pk")
    own = [
        _shown(f"{OWN}{row.pk}", content_of(row), row=row, may_remove=bool(can_remove_template(person, row)))
        for row in rows
    ]
    shipped = [_shown(code, one) for code, one in shipped_templates().items()]
    context = {"own": own, "shipped": shipped, "may_plan": units_to_plan_for(person).exists()}
    return render(request, "plans/templates.html", context)


@require_POST
def take(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Take the tasks of a template into a plan in preparation."""
    plan, person = found(request, campaign_plan_id), who(request)
    require(can_take_template(person, plan))
    form = TakeForm(request.POST, by=person, plan=plan)
    template = template_by(form.cleaned_data["template"], person) if form.is_valid() else None
    if template is None:
        return show(request, plan, taking=form)
    try:
        taken = take_template(plan=plan, template=template, by=person, at=timezone.now())
    except TemplateNotTaken as error:
        messages.error(request, str(error))
    else:
        told = ngettext("%(n)d task taken. Look at its owner and days.",
                        "%(n)d tasks taken. Look at their owners and days.", taken.tasks)  # fmt: skip
        messages.success(request, told % {"n": taken.tasks})
    return redirect("tasks_plan", plan.pk)


@require_POST
def keep(request: HttpRequest, campaign_plan_id: int) -> HttpResponse:
    """Keep a plan as a template of its unit."""
    plan, person = found(request, campaign_plan_id), who(request)
    require(can_plan_in(person, plan.unit))
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            keep_template(plan=plan, by=person, at=timezone.now(), **form.cleaned_data)
        except (TemplateNameTaken, NothingToKeep) as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Kept. It is offered for campaigns of this kind."))
            return redirect("plans_templates")
    return show(request, plan, keeping=form)


@require_POST
def remove(request: HttpRequest, plan_template_id: int) -> HttpResponse:
    """A template is offered no more."""
    rows = templates_visible_to(who(request)).select_related("unit")
    row = get_object_or_404(rows, pk=plan_template_id)
    require(can_remove_template(who(request), row))
    remove_template(template=row, by=who(request), at=timezone.now())
    messages.success(request, _("Removed. Campaigns that were made from it stay."))
    return redirect("plans_templates")


def _shown(code: str, template: Template, **more: Any) -> Shown:
    language = get_language() or "zh-hant"
    positions = titles_of_positions(language)
    tasks = [
        {
            "title": task.title.say(language), "when": _when(task.anchor, task.day), "days": task.days,
            "position": positions.get(task.position, task.position), "lines": len(task.checklist),
            "share": f"{task.share.quantize(Decimal(1)):f} %" if task.share else "",
        }
        for task in template.tasks
    ]  # fmt: skip
    return Shown(
        code, template.title.say(language), str(CampaignKind(template.kind).label), tasks,
        [risk.title.say(language) for risk in template.risks],
        [measure.title.say(language) for measure in template.measures], **more,
    )  # fmt: skip


def _when(anchor: str, day: int) -> str:
    """In words: so many working days before or after the first or the last day."""
    said = {"n": abs(day)}
    if anchor == END:
        if day == 0:
            return _("on the last day")
        if day < 0:
            return (
                ngettext("%(n)d working day before the end", "%(n)d working days before the end", -day) % said
            )
        return ngettext("%(n)d working day after the end", "%(n)d working days after the end", day) % said
    if day == 0:
        return _("on the first day")
    if day < 0:
        return (
            ngettext("%(n)d working day before the start", "%(n)d working days before the start", -day) % said
        )
    return ngettext("%(n)d working day after the start", "%(n)d working days after the start", day) % said
