"""The first thirty days: plans, their steps and check-ins, and the template."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.org.actions import (
    add_template_step,
    change_template_step,
    check_in,
    make_newcomer_plan,
    remove_template_step,
    reopen_step,
    tick_step,
)
from remit.org.actions.newcomer_plan import PlanExists, TemplateEmpty
from remit.org.growth_rules import (
    can_check_in,
    can_guide,
    can_tick,
    growth_visible_to,
    newcomer_plans_visible_to,
    newcomer_steps_visible_to,
    template_steps_visible_to,
)
from remit.org.models import NewcomerPlan
from remit.org.queries.newcomer_plans import plan_page
from remit.org.queries.today import today
from remit.org.rules import can_shape_positions, people_visible_to

from ..requiring import require
from ..who import who
from .growth_forms import CheckInForm, FirstDayForm, PlanForm


@require_http_methods(["POST"])
def plans(request: HttpRequest, person_id: int) -> HttpResponse:
    """Make somebody's plan from their first day."""
    person = get_object_or_404(growth_visible_to(who(request)), pk=person_id)
    require(can_guide(who(request), person))
    form = PlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the first day."))
        return redirect("org_person", person.pk)
    first = form.cleaned_data["starts_on"]
    try:
        plan = make_newcomer_plan(person=person, starts_on=first, by=who(request), at=timezone.now())
    except (PlanExists, TemplateEmpty) as error:
        messages.error(request, str(error))
        return redirect("org_person", person.pk)
    messages.success(request, _("The plan is made; the newcomer finds it on their own page."))
    return redirect("org_plan", plan.pk)


@require_GET
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """One plan with its steps and check-ins."""
    return _page(request, _found(request, plan_id))


def _found(request: HttpRequest, plan_id: int) -> NewcomerPlan:
    return get_object_or_404(newcomer_plans_visible_to(who(request)).select_related("person"), pk=plan_id)


def _page(request: HttpRequest, found: NewcomerPlan, form: CheckInForm | None = None) -> HttpResponse:
    context = {
        "page": plan_page(found, today()),
        "person": found.person,
        "knows": people_visible_to(who(request)).filter(pk=found.person_id).exists(),
        "may_tick": can_tick(who(request), found),
        "may_check_in": can_check_in(who(request), found),
        "form": form or CheckInForm(),
    }
    return render(request, "org/plan.html", context, status=422 if form else 200)


@require_http_methods(["POST"])
def check_ins(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Write down a talk."""
    found = _found(request, plan_id)
    require(can_check_in(who(request), found))
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    check_in(plan=found, **form.cleaned_data, by=who(request), at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("org_plan", found.pk)


@require_http_methods(["POST"])
def step(request: HttpRequest, step_id: int) -> HttpResponse:
    """Tick a step, or open it again."""
    seen = newcomer_steps_visible_to(who(request)).select_related("plan__person")
    found = get_object_or_404(seen, pk=step_id)
    require(can_tick(who(request), found.plan))
    if request.POST.get("state") == "open":
        reopen_step(step=found, by=who(request), at=timezone.now())
    else:
        tick_step(step=found, by=who(request), at=timezone.now())
    return redirect(f"{reverse('org_plan', args=[found.plan_id])}#step-{found.pk}")


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest) -> HttpResponse:
    """What everybody new does; add a step."""
    require(can_shape_positions(who(request)))
    form = FirstDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_template_step(**form.cleaned_data, by=who(request), at=timezone.now())
        messages.success(request, _("The step was added, for newcomers to come."))
        return redirect("org_first_days")
    steps = template_steps_visible_to(who(request)).order_by("day", "pk")
    context = {"steps": steps, "form": form}
    return render(request, "org/first_days.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def template_step(request: HttpRequest, step_id: int) -> HttpResponse:
    """Change a step of everybody new."""
    found = get_object_or_404(template_steps_visible_to(who(request)), pk=step_id)
    initial = {name: getattr(found, name) for name in FirstDayForm.base_fields}
    form = FirstDayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_template_step(step=found, **form.cleaned_data, by=who(request), at=timezone.now())
        messages.success(request, _("Saved, for newcomers to come."))
        return redirect("org_first_days")
    back = reverse("org_first_days")
    context = {"form": form, "title": _("Change step"), "back": back, "parent": _("First thirty days")}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def template_step_removal(request: HttpRequest, step_id: int) -> HttpResponse:
    """Newcomers to come do without it."""
    found = get_object_or_404(template_steps_visible_to(who(request)), pk=step_id)
    remove_template_step(step=found, by=who(request), at=timezone.now())
    messages.success(request, _("Removed. Plans that are made already keep it."))
    return redirect("org_first_days")
