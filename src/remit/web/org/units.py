"""Units: the tree, one unit, and changing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.core.text import Text
from remit.notices.queries import allowances_of, robot_names, team_robot_of
from remit.org.actions import add_unit, change_unit, move_unit, set_zone
from remit.org.actions.project import set_limit
from remit.org.actions.unit import CompanyNeedsCurrency, UnitCannotMoveBelowItself, UnitCodeTaken
from remit.org.actions.working_calendar import keep_holidays
from remit.org.actions.zone import NoSuchZone
from remit.org.enums import Ability, Holidays
from remit.org.models import Unit
from remit.org.queries.organisation import organisation_on
from remit.org.queries.over_time import alone_above, limit_of, standings
from remit.org.queries.today import today
from remit.org.queries.units import ancestors_of, children_of, with_headcount, words_taken
from remit.org.queries.working_days import calendar_of
from remit.org.queries.zones import zone_on
from remit.org.rules import (
    assignments_visible_to,
    can,
    can_bind,
    can_in,
    can_move,
    units_managed_by,
    units_visible_to,
)

from ..requiring import require
from ..who import who
from .forms import NewUnitForm, PlaceForm, UnitForm, ZoneForm
from .owing import owing_of_unit
from .time_forms import HolidaysForm, LimitForm

type Answer = HttpResponse
# What says who decides in a unit, and whose outlets are its own: files of outlets are placed by region.
BINDING = ("structure", "is_company", "region")


@require_GET
def tree(request: HttpRequest) -> Answer:
    """The units of the person's subtrees, as a tree."""
    units = list(with_headcount(units_visible_to(who(request)), today()).order_by("path"))
    least = min((unit.depth for unit in units), default=1)
    rows = [(unit, unit.depth - least) for unit in units]
    may_add = can(who(request), Ability.MANAGE_PEOPLE)
    return render(request, "org/units.html", {"rows": rows, "may_add": may_add})


@require_GET
def page(request: HttpRequest, unit_id: int) -> Answer:
    """One unit: what it is, where it hangs, who works there."""
    return _page(request, _found(request, unit_id))


def _found(request: HttpRequest, unit_id: int) -> Unit:
    return get_object_or_404(units_visible_to(who(request)), pk=unit_id)


def _page(request: HttpRequest, unit: Unit, status: int = 200, **forms: object) -> Answer:
    on = today()
    visible = units_visible_to(who(request))
    may_change = can_in(who(request), Ability.MANAGE_PEOPLE, unit)
    knows_robots = bool(may_change and robot_names())
    posts = assignments_visible_to(who(request)).filter(unit=unit).select_related("person", "position")
    held = list(posts.order_by("position__name", "starts_on"))
    standing = standings(held, on, organisation_on(on))
    alone = alone_above(unit)
    country = Holidays(calendar_of(unit, on).country)
    context = {
        "unit": unit,
        "above": visible.filter(pk__in=ancestors_of(unit).values("pk")).order_by("path"),
        "below": with_headcount(children_of(unit), on),
        "posts": held,
        "owing": owing_of_unit(who(request), unit, on),
        "present": [one for one in standing if one.holds],
        "others": [one for one in standing if not one.holds],
        "alone": alone,
        "sees_alone": alone is not None and visible.filter(pk=alone.pk).exists(),
        "holidays": country,
        "holiday_rows": unit.holidays.order_by("-starts_on"),
        "limit": limit_of(unit, on),
        "limits": unit.limits.order_by("-starts_on"),
        "on": on,
        "zone": zone_on(unit, on),
        "zones": unit.zones.order_by("-starts_on"),
        "may_change": may_change,
        "may_bind": can_bind(who(request)),
        "may_move": can_move(who(request), unit, unit),
        "place_form": PlaceForm(by=who(request), unit=unit),
        **({"team_robot": team_robot_of(unit), "robots": allowances_of(unit)} if knows_robots else {}),
        "knows_robots": knows_robots,
        "zone_form": ZoneForm(initial={"zone": str(zone_on(unit, on)), "starts_on": on}),
        "holidays_form": HolidaysForm(initial={"country": country, "starts_on": on}),
        "limit_form": LimitForm(initial={"currency": unit.currency, "starts_on": on}),
        **forms,
    }
    return render(request, "org/unit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> Answer:
    """Add a unit below one that the person manages."""
    require(can(who(request), Ability.MANAGE_PEOPLE))
    form = NewUnitForm(request.POST or None, by=who(request), initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid() and _may_add(request, form):
        try:
            unit = add_unit(**form.cleaned_data, by=who(request), at=timezone.now())
        except UnitCodeTaken as error:
            form.add_error("code", str(error))
        except CompanyNeedsCurrency as error:
            form.add_error("currency", str(error))
        else:
            messages.success(request, _("The unit was added."))
            return redirect("org_unit", unit.pk)
    context = {"form": form, "title": _("Add unit"), "back": reverse("org_units"), "parent": _("Units")}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, unit_id: int) -> Answer:
    """Change a unit's own data."""
    unit = _found(request, unit_id)
    require(can_bind(who(request)))
    names = ("name", "name_en", "structure", "region", "is_company", "currency")
    form = UnitForm(request.POST or None, initial={name: getattr(unit, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            change_unit(unit=unit, **form.cleaned_data, by=who(request), at=timezone.now())
        except CompanyNeedsCurrency as error:
            form.add_error("currency", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("org_unit", unit.pk)
    title = _title(unit)
    back = reverse("org_unit", args=[unit.pk])
    context = {"form": form, "title": _("Change %s") % title, "back": back, "parent": title}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


def _may_add(request: HttpRequest, form: NewUnitForm) -> bool:
    parent = form.cleaned_data["parent"]
    return _may_bind(request, form, parent) and _may_be_called(request, form, parent)


def _may_bind(request: HttpRequest, form: NewUnitForm, parent: Unit) -> bool:
    """Whether a unit may be led, keep books and lie otherwise than the one above; else the form says why."""
    given = form.cleaned_data
    changed = [name for name in BINDING if given[name] and given[name] != getattr(parent, name)]
    if not changed or (verdict := can_bind(who(request))):
        return True
    form.add_error(changed[0], verdict.reason)
    return False


def _may_be_called(request: HttpRequest, form: NewUnitForm, parent: Unit) -> bool:
    """Whether a new unit may have these names: by them files of outlets place whose figures they are."""
    names = [form.cleaned_data[name] for name in ("code", "name", "name_en") if form.cleaned_data[name]]
    if can_bind(who(request)) or not words_taken(parent, names):
        return True
    form.add_error(
        "name", _("Another unit answers to this name already, and files of outlets name units by it.")
    )
    return False


@require_http_methods(["POST"])
def place(request: HttpRequest, unit_id: int) -> Answer:
    """Hang a unit below another one."""
    unit = _found(request, unit_id)
    require(can_in(who(request), Ability.MANAGE_PEOPLE, unit))
    form = PlaceForm(request.POST, by=who(request), unit=unit)
    if not form.is_valid():
        return _page(request, unit, 422, place_form=form)
    target = get_object_or_404(units_managed_by(who(request)), pk=form.cleaned_data["parent"].pk)
    require(can_move(who(request), unit, target))
    try:
        move_unit(unit=unit, to=target, by=who(request), at=timezone.now())
    except UnitCannotMoveBelowItself as error:
        form.add_error("parent", str(error))
        return _page(request, unit, 422, place_form=form)
    messages.success(request, _("The unit was moved; what people see followed at once."))
    return redirect("org_unit", unit.pk)


@require_http_methods(["POST"])
def zone(request: HttpRequest, unit_id: int) -> Answer:
    """Set the time zone from a day on."""
    unit = _found(request, unit_id)
    require(can_in(who(request), Ability.MANAGE_PEOPLE, unit))
    form = ZoneForm(request.POST)
    if form.is_valid():
        try:
            set_zone(unit=unit, **form.cleaned_data, by=who(request), at=timezone.now())
        except NoSuchZone as error:
            form.add_error("zone", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("org_unit", unit.pk)
    return _page(request, unit, 422, zone_form=form)


@require_http_methods(["POST"])
def holidays(request: HttpRequest, unit_id: int) -> Answer:
    """Keep a country's holidays from a day on."""
    unit = _found(request, unit_id)
    require(can_in(who(request), Ability.MANAGE_PEOPLE, unit))
    form = HolidaysForm(request.POST)
    if not form.is_valid():
        return _page(request, unit, 422, holidays_form=form)
    keep_holidays(unit=unit, **form.cleaned_data, by=who(request), at=timezone.now())
    messages.success(request, _("Saved. What has not opened yet follows the new days."))
    return redirect("org_unit", unit.pk)


@require_http_methods(["POST"])
def limits(request: HttpRequest, unit_id: int) -> Answer:
    """Set from a day on how far the unit decides alone."""
    unit = _found(request, unit_id)
    require(can_bind(who(request)))
    form = LimitForm(request.POST)
    if not form.is_valid():
        return _page(request, unit, 422, limit_form=form)
    set_limit(unit=unit, **form.cleaned_data, by=who(request), at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("org_unit", unit.pk)


def _title(unit: Unit) -> str:
    return Text(unit.name, unit.name_en or unit.name).say(get_language() or "zh-hant")
