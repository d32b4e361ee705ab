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

from remit.org.actions import add_position, change_position
from remit.org.actions.position import PositionCodeTaken
from remit.org.enums import Ability
from remit.org.models import Position
from remit.org.rules import can_shape_positions, positions_visible_to

from ..lists import Column, Listing
from ..requiring import require
from ..who import who
from .forms import NewPositionForm, PositionForm


def _abilities(position: Position) -> list[Any]:
    return [Ability(ability).label for ability in position.abilities if ability in Ability.values]


COLUMNS = (
    Column(
        "name",
        gettext_lazy("Name"),
        value=lambda position: position,
        sort="name",
        note=lambda position: position.code,
    ),
    Column("abilities", gettext_lazy("Abilities"), value=_abilities, kind="tags"),
    Column("board", gettext_lazy("First board"), value=Position.get_board_display, sort="board"),
)
EDITABLE = (
    Column(
        "name",
        gettext_lazy("Name"),
        value=lambda position: position,
        sort="name",
        href=lambda position: reverse("org_position_edit", args=[position.pk]),
        note=lambda position: position.code,
    ),
    *COLUMNS[1:],
)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All positions for who manages people; else one's own."""
    may_change = can_shape_positions(who(request))
    found = Listing(
        request,
        positions_visible_to(who(request)),
        EDITABLE if may_change else COLUMNS,
        name="positions",
        search=("name", "name_en", "code"),
        sort="name",
    )
    context = {"listing": found, "may_change": may_change}
    return found.export() or render(request, "org/positions.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a position."""
    require(can_shape_positions(who(request)))
    form = NewPositionForm(request.POST or None)
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
    initial = {name: getattr(position, name) for name in PositionForm.base_fields}
    form = PositionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _may_give(request, form, position.abilities):
        change_position(position=position, **form.cleaned_data, by=who(request), at=timezone.now())
        messages.success(request, _("Saved, for every holder at once."))
        return redirect("org_positions")
    return _form(request, form, _("Change %s") % position.title(get_language() or "zh-hant"))


def _may_give(request: HttpRequest, form: PositionForm, had: list[str] | None = None) -> bool:
    """Whether the abilities that would be new may be given; else the form says why."""
    added = sorted(set(form.cleaned_data["abilities"]) - set(had or ()))
    verdict = can_shape_positions(who(request), added)
    if not verdict:
        form.add_error("abilities", verdict.reason)
    return bool(verdict)


def _form(request: HttpRequest, form: PositionForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": reverse("org_positions"), "parent": _("Positions")}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)
