"""Where robots of chat groups may speak: for a unit's team, and for people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.notices.actions import allow_robots, set_team_robot
from remit.notices.actions.preference import QuietHoursNeedBothEnds
from remit.notices.queries import allowances_of, team_robot_of
from remit.org.enums import Ability
from remit.org.models import Person, Unit
from remit.org.rules import can_in, can_manage, people_visible_to, units_visible_to

from ..requiring import require
from ..who import who
from .forms import RobotsForm, TeamRobotForm


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The robot that tells a unit's group how much waits."""
    unit = _managed_unit(request, unit_id)
    now = team_robot_of(unit)
    initial = {name: getattr(now, name) for name in TeamRobotForm.base_fields}
    form = TeamRobotForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_team_robot(unit=unit, **form.cleaned_data, by=who(request), at=timezone.now())
        except QuietHoursNeedBothEnds as error:
            form.add_error("quiet_until", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("org_unit", unit.pk)
    return _answer(request, form, unit, reverse("org_unit", args=[unit.pk]), _("Team robot"))


@require_http_methods(["GET", "POST"])
def of_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Robots that everybody of a unit, and of the units below it, may choose."""
    unit = _managed_unit(request, unit_id)
    return _allowance(request, unit, reverse("org_unit", args=[unit.pk]))


@require_http_methods(["GET", "POST"])
def of_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Robots that one person may choose."""
    person = get_object_or_404(people_visible_to(who(request)), pk=person_id)
    require(can_manage(who(request), person))
    return _allowance(request, person, reverse("org_person", args=[person.pk]))


def _managed_unit(request: HttpRequest, unit_id: int) -> Unit:
    unit: Unit = get_object_or_404(units_visible_to(who(request)), pk=unit_id)
    require(can_in(who(request), Ability.MANAGE_PEOPLE, unit))
    return unit


def _allowance(request: HttpRequest, owner: Unit | Person, back: str) -> HttpResponse:
    initial = {"robots": [allowance.robot for allowance in allowances_of(owner)]}
    form = RobotsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        allow_robots(owner=owner, **form.cleaned_data, by=who(request), at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(back)
    return _answer(request, form, owner, back, _("Personal robots"))


def _answer(
    request: HttpRequest, form: TeamRobotForm | RobotsForm, owner: Unit | Person, back: str, title: str
) -> HttpResponse:
    parent = owner.title(get_language() or "zh-hant")
    context = {"form": form, "title": title, "back": back, "parent": parent}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)
