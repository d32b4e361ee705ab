"""Projects with two leads: the list, one project, and who works in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.org.actions.assignment import AssignmentEndsBeforeItStarts
from remit.org.actions.project import (
    ArbiterIsTheLead,
    MemberAlready,
    OutsideTheProject,
    ProjectCodeTaken,
    join_project,
    leave_project,
    start_project,
)
from remit.org.enums import Ability
from remit.org.models import Project
from remit.org.queries.organisation import organisation_on
from remit.org.queries.over_time import members_of, with_decisions
from remit.org.queries.today import today
from remit.org.rules import can, people_visible_to, units_visible_to
from remit.org.time_rules import can_staff, can_start_project, memberships_visible_to, projects_visible_to

from ..requiring import require
from ..who import who
from .forms import EndForm
from .time_forms import MemberForm, ProjectForm

type Answer = HttpResponse


@require_GET
def listing(request: HttpRequest) -> Answer:
    """Projects that go on or are to come, then those that ended."""
    on = today()
    projects = list(with_decisions(projects_visible_to(who(request))).order_by("ends_on", "code"))
    context = {
        "going": [project for project in projects if project.ends_on >= on],
        "ended": [project for project in reversed(projects) if project.ends_on < on],
        "on": on,
        "may_start": can(who(request), Ability.MANAGE_PEOPLE),
    }
    return render(request, "org/projects.html", context)


@require_GET
def page(request: HttpRequest, project_id: int) -> Answer:
    """One project: both leads of each member, who decides what, and who settles conflicts."""
    return _page(request, _found(request, project_id))


def _found(request: HttpRequest, project_id: int) -> Project:
    return get_object_or_404(with_decisions(projects_visible_to(who(request))), pk=project_id)


def _page(request: HttpRequest, project: Project, form: MemberForm | None = None) -> Answer:
    on = today()
    may_staff = can_staff(who(request), project)
    members = members_of([project], on, organisation_on(on))
    ids = {one.member.person_id for one in members} | {project.lead_id, project.arbiter_id}
    context = {
        "project": project,
        "now": [one for one in members if one.member.ends_on >= on],
        "left": [one for one in members if one.member.ends_on < on],
        "on": on,
        "known": set(people_visible_to(who(request)).filter(pk__in=ids).values_list("pk", flat=True)),
        "sees_unit": units_visible_to(who(request)).filter(pk=project.unit_id).exists(),
        "may_staff": may_staff,
        "form": form or (MemberForm(by=who(request), project=project, on=on) if may_staff else None),
    }
    return render(request, "org/project.html", context, status=422 if form else 200)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> Answer:
    """Start a project in a unit that one manages."""
    require(can(who(request), Ability.MANAGE_PEOPLE))
    form = ProjectForm(request.POST or None, by=who(request), on=today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        require(can_start_project(who(request), given["unit"], (given["lead"], given["arbiter"])))
        try:
            project = start_project(**given, by=who(request), at=timezone.now())
        except ProjectCodeTaken as error:
            form.add_error("code", str(error))
        except ArbiterIsTheLead as error:
            form.add_error("arbiter", str(error))
        except AssignmentEndsBeforeItStarts as error:
            form.add_error("ends_on", str(error))
        else:
            messages.success(request, _("The project was started. Add who works in it."))
            return redirect("org_project", project.pk)
    back = reverse("org_projects")
    context = {"form": form, "title": _("Start a project"), "back": back, "parent": _("Projects")}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def members(request: HttpRequest, project_id: int) -> Answer:
    """Somebody joins with a share of their time."""
    project = _found(request, project_id)
    require(can_staff(who(request), project))
    form = MemberForm(request.POST, by=who(request), project=project, on=today())
    if form.is_valid():
        try:
            join_project(project=project, **form.cleaned_data, by=who(request), at=timezone.now())
        except (AssignmentEndsBeforeItStarts, OutsideTheProject) as error:
            form.add_error("ends_on", str(error))
        except MemberAlready as error:
            form.add_error("person", str(error))
        else:
            messages.success(request, _("Added. Their page says which lead decides what."))
            return redirect("org_project", project.pk)
    return _page(request, project, form)


@require_http_methods(["POST"])
def membership_end(request: HttpRequest, membership_id: int) -> Answer:
    """Set the last day of a membership."""
    found = memberships_visible_to(who(request)).select_related("project__unit")
    member = get_object_or_404(found, pk=membership_id)
    require(can_staff(who(request), member.project))
    form = EndForm(request.POST)
    problem = "" if form.is_valid() else _("Choose the last day.")
    if not problem:
        try:
            leave_project(
                member=member, ends_on=form.cleaned_data["ends_on"], by=who(request), at=timezone.now()
            )
        except AssignmentEndsBeforeItStarts as error:
            problem = str(error)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("Saved."))
    return redirect("org_project", member.project_id)
