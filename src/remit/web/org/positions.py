"""Positions: what their holders may do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.org.actions import add_position, ask_skill, change_position, ship
from remit.org.actions.position import PositionCodeTaken, ReportsToItself
from remit.org.enums import Ability
from remit.org.growth_rules import successors_visible_to, units_guided_by
from remit.org.models import Position
from remit.org.queries.assignments import holding_on
from remit.org.queries.ladders import ladders_with
from remit.org.queries.shipped import missing_of_what_ships
from remit.org.queries.today import today
from remit.org.rules import (
    assignments_visible_to,
    can_change_power,
    can_set_rank,
    can_shape_positions,
    hands_on_keys,
    positions_visible_to,
)

from ..lists import Column, Listing
from ..requiring import require
from ..who import who
from .forms import NewPositionForm, PositionForm
from .growth_forms import AskForm
from .owing import owing_of_position
from .successors import known_among

RANK = ("leads", "is_key", "reports_to")  # who signs and decides for whom


def _abilities(position: Position) -> list[Any]:
    return [Ability(ability).label for ability in position.abilities if ability in Ability.values]


def _marks(position: Position) -> list[Any]:
    return [word for word, holds in ((_("leads"), position.leads), (_("key"), position.is_key)) if holds]


COLUMNS = (
    Column(
        "name",
        gettext_lazy("Name"),
        value=lambda position: position,
        sort="name",
        href=lambda position: reverse("org_position", args=[position.pk]),
        note=lambda position: position.code,
    ),
    Column("purpose", gettext_lazy("Purpose"), value=lambda position: position.purpose_text),
    Column("marks", gettext_lazy("Marks"), value=_marks, kind="tags"),
    Column("abilities", gettext_lazy("Abilities"), value=_abilities, kind="tags"),
    Column(
        "board",
        gettext_lazy("First board"),
        value=Position.get_board_display,
        sort="board",
        optional=True,
    ),
)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All positions for who manages people; else one's own."""
    may_change = can_shape_positions(who(request))
    found = Listing(
        request,
        positions_visible_to(who(request)),
        COLUMNS,
        name="positions",
        search=("name", "name_en", "code"),
        sort="name",
    )
    missing = missing_of_what_ships() if may_change else 0
    context = {"listing": found, "may_change": may_change, "missing": missing}
    return found.export() or render(request, "org/positions.html", context)


@require_GET
def page(request: HttpRequest, position_id: int) -> HttpResponse:
    """One position: what it is for, what it asks for, who holds it, where it stands on ladders."""
    return _page(request, get_object_or_404(positions_visible_to(who(request)), pk=position_id))


def _page(request: HttpRequest, position: Position, form: AskForm | None = None) -> HttpResponse:
    on = today()
    held = assignments_visible_to(who(request)).filter(holding_on(on), position=position)
    may_change = can_shape_positions(who(request))
    named = successors_visible_to(who(request)).filter(position=position)
    context = {
        "position": position,
        "abilities": _abilities(position),
        "skills": position.skills.select_related("skill").order_by("-level", "skill__code"),
        "posts": held.select_related("person", "unit").order_by("unit__path", "person__name"),
        "successors": named.select_related("person", "unit").order_by("unit__path", "order", "pk"),
        "seen": known_among(who(request), named),
        "guides": units_guided_by(who(request)).exists(),
        "ladders": ladders_with(position),
        "owing": owing_of_position(who(request), position, on),
        "may_change": may_change,
        "form": form or (AskForm(by=who(request)) if may_change else None),
    }
    return render(request, "org/position.html", context, status=422 if form else 200)


@require_http_methods(["POST"])
def skills(request: HttpRequest, position_id: int) -> HttpResponse:
    """Set the level of a skill that the position asks for."""
    position = get_object_or_404(positions_visible_to(who(request)), pk=position_id)
    require(can_shape_positions(who(request)))
    form = AskForm(request.POST, by=who(request))
    if not form.is_valid():
        return _page(request, position, form)
    ask_skill(position=position, **form.cleaned_data, by=who(request), at=timezone.now())
    messages.success(request, _("Saved, for every holder at once."))
    return redirect("org_position", position.pk)


@require_http_methods(["POST"])
def shipped(request: HttpRequest) -> HttpResponse:
    """Bring in what ships with the product and is missing here."""
    require(can_shape_positions(who(request)))
    count = ship(by=who(request), at=timezone.now())
    messages.success(request, _("Brought in: %d. What you had changed stayed as it was.") % count)
    return redirect("org_positions")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a position."""
    require(can_shape_positions(who(request)))
    form = NewPositionForm(request.POST or None, by=who(request))
    if request.method == "POST" and form.is_valid() and _may_give(request, form):
        try:
            add_position(**form.cleaned_data, by=who(request), at=timezone.now())
        except PositionCodeTaken as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("The position was added."))
            return redirect("org_positions")
    return _form(request, form, _("Add position"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, position_id: int) -> HttpResponse:
    """Change a position for every holder."""
    position = get_object_or_404(positions_visible_to(who(request)), pk=position_id)
    require(can_shape_positions(who(request)))
    form = PositionForm(request.POST or None, by=who(request), initial=PositionForm.initial_of(position))
    if request.method == "POST" and form.is_valid() and _may_change(request, form, position):
        try:
            change_position(position=position, **form.cleaned_data, by=who(request), at=timezone.now())
        except ReportsToItself as error:
            form.add_error("reports_to", str(error))
        else:
            messages.success(request, _("Saved, for every holder at once."))
            return redirect("org_position", position.pk)
    return _form(request, form, _("Change %s") % position.title(get_language() or "zh-hant"))


def _may_give(request: HttpRequest, form: PositionForm) -> bool:
    """Whether the abilities may be given, and whether it may lead; else the form says why."""
    verdict, field = can_shape_positions(who(request), form.cleaned_data["abilities"]), "abilities"
    given = form.cleaned_data
    ranked = [name for name in RANK if given[name]]
    if verdict and (ranked or hands_on_keys(given["abilities"])):
        verdict, field = can_set_rank(who(request)), (*ranked, "abilities")[0]
    if not verdict:
        form.add_error(field, verdict.reason)
    return bool(verdict)


def _may_change(request: HttpRequest, form: PositionForm, position: Position) -> bool:
    """Whether what a position gives may become what the form says; else the form says why."""
    given = form.cleaned_data
    changed = [name for name in RANK if given[name] != getattr(position, name)]
    if set(given["abilities"]) != set(position.abilities):
        changed.insert(0, "abilities")
    if not changed or (
        verdict := can_change_power(
            who(request), position, given["abilities"], rank=bool(set(RANK) & set(changed))
        )
    ):
        return True
    form.add_error(changed[0], verdict.reason)
    return False


def _form(request: HttpRequest, form: PositionForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": reverse("org_positions"), "parent": _("Positions")}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)
