"""Campaign materials: how much there is, when it is ready, who needs it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.execution.actions.material import (
    MaterialCodeTaken,
    MaterialUnclear,
    add_material,
    count_material,
    need_material,
)
from remit.execution.conflict_rules import can_count, can_log_conflicts, materials_visible_to
from remit.execution.models import Material
from remit.execution.queries.clashes import ALIVE
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.org.time_rules import choosable_by
from remit.planning.enums import Stage
from remit.planning.rules import carries_plan, plans_visible_to

from ..forms import Beside, Code, Day, TitledChoice
from ..lists import Column, Listing
from ..requiring import require
from ..templatetags.figures import say
from ..who import who

PIECES = 2_000_000_000


class MaterialForm(forms.Form):
    """A material."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    code = Code(label=gettext_lazy("Code"), max_length=40, allow_unicode=True)
    keeper = TitledChoice(label=gettext_lazy("Who keeps it"), queryset=None)
    stock = forms.IntegerField(label=gettext_lazy("Pieces in stock"), min_value=0, max_value=PIECES)
    ready_on = Day(label=gettext_lazy("Ready on"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(by).order_by("path")
        fields["keeper"].queryset = choosable_by(by, today()).order_by("name")
        fields["keeper"].initial = by


class CountForm(Beside):
    """What is there now."""

    stock = forms.IntegerField(label=gettext_lazy("Pieces in stock"), min_value=0, max_value=PIECES)
    ready_on = Day(label=gettext_lazy("Ready on"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)


class NeedForm(Beside):
    """What a plan needs."""

    plan = TitledChoice(label=gettext_lazy("Campaign"), queryset=None)
    pieces = forms.IntegerField(
        label=gettext_lazy("Pieces"),
        min_value=0,
        max_value=PIECES,
        help_text=gettext_lazy("0 takes it away."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        alive = plans_visible_to(by).exclude(stage__in=[Stage.CLOSED, Stage.CANCELLED])
        fields["plan"].queryset = alive.order_by("-starts_on")
        fields["plan"].label_from_instance = lambda plan: plan.title


def is_short(material: Any) -> bool:
    """Whether plans need more than there is."""
    return (material.wanted or 0) > material.stock


COLUMNS = (
    Column(
        "title", gettext_lazy("Material"), sort="title", note=lambda row: row.code,
        href=lambda row: reverse("materials_material", args=[row.pk]),
    ),
    Column("unit", gettext_lazy("Unit"), value=lambda row: say(row.unit)),
    Column("keeper", gettext_lazy("Who keeps it"), value=lambda row: say(row.keeper), sort="keeper__name"),
    Column("stock", gettext_lazy("Pieces in stock"), kind="number", sort="stock"),
    Column(
        "wanted", gettext_lazy("Needed"), kind="number", sort="wanted", value=lambda row: row.wanted or 0
    ),
    Column("ready_on", gettext_lazy("Ready on"), kind="day", sort="ready_on"),
    Column(
        "state", gettext_lazy("Readiness"), kind="badge",
        value=lambda row: _("short") if is_short(row) else _("not ready") if _waits(row) else _("ready"),
        tone=lambda row: "bad" if is_short(row) else "warn" if _waits(row) else "good",
    ),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What there is, and whether it is enough."""
    person = who(request)
    rows = _counted(person)
    found = Listing(request, rows, COLUMNS, name="materials", search=("title", "code"), sort="title")
    context = {"listing": found, "may_add": bool(can_log_conflicts(person))}
    return found.export() or render(request, "materials/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register one."""
    person = who(request)
    require(can_log_conflicts(person))
    form = MaterialForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_material(by=person, at=timezone.now(), **form.cleaned_data)
        except MaterialCodeTaken as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("Registered. Now say which campaigns need it."))
            return redirect("materials_material", row.pk)
    return render(request, "materials/form.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def page(request: HttpRequest, material_id: int) -> HttpResponse:
    """One material."""
    return _show(request, _found(request, material_id))


@require_POST
def count(request: HttpRequest, material_id: int) -> HttpResponse:
    """What is there now."""
    row = _found(request, material_id)
    require(can_count(who(request), row))
    form = CountForm(request.POST)
    if form.is_valid():
        count_material(material=row, by=who(request), at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("materials_material", row.pk)
    return _show(request, row, counting=form)


@require_POST
def need(request: HttpRequest, material_id: int) -> HttpResponse:
    """What a plan needs of it."""
    row, person = _found(request, material_id), who(request)
    form = NeedForm(request.POST, by=person)
    if form.is_valid():
        require(carries_plan(person, form.cleaned_data["plan"]))
        try:
            need_material(material=row, by=person, at=timezone.now(), **form.cleaned_data)
        except MaterialUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("materials_material", row.pk)
    return _show(request, row, needing=form)


def _waits(row: Material) -> bool:
    return row.ready_on is not None and row.ready_on > today()


def _counted(person: Person) -> Any:
    wanted = Sum("needs__pieces", filter=Q(needs__plan__stage__in=ALIVE))
    return materials_visible_to(person).select_related("unit", "keeper").annotate(wanted=wanted)


def _found(request: HttpRequest, material_id: int) -> Material:
    found: Material = get_object_or_404(_counted(who(request)), pk=material_id)
    return found


def _show(request: HttpRequest, row: Material, **more: Any) -> HttpResponse:
    person = who(request)
    seen = plans_visible_to(person)
    context = {
        "material": row, "is_short": is_short(row), "waits": _waits(row),
        "needs": row.needs.filter(plan__in=seen).select_related("plan").order_by("plan__starts_on"),
        "may_count": bool(can_count(person, row)),
        "counting": CountForm(initial={"stock": row.stock, "ready_on": row.ready_on, "note": row.note}),
        "needing": NeedForm(by=person),
    }  # fmt: skip
    return render(request, "materials/material.html", context | more, status=422 if more else 200)
