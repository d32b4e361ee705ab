"""A question about journeys kept: under a title, on a board, under watch."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from remit.metrics.actions.alert import AlertUnclear, look_at, set_alert
from remit.metrics.actions.saved_question import QuestionNeedsTitle, save_question
from remit.metrics.enums import Breach, Severity, TileKind, TileSize
from remit.metrics.queries.journeys import has_number
from remit.metrics.rules import boards_visible_to, can_set_alerts
from remit.metrics.saved import UnreadableQuestion
from remit.org.queries.colleagues import colleagues_of
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from ..boards.editing import put_on_board
from ..boards.forms import NewTileForm
from ..figures.naming import journey_words
from ..figures.sharing import SharingForm
from ..forms import TitledChoice
from ..who import who
from .asked import AskedJourney
from .views import require_kind


@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, kind: str) -> HttpResponse:
    """Keep the question of the address among the saved ones."""
    asked = _asked(request, kind)
    if not asked.is_enough:
        return redirect("journeys_ask", kind)
    named = journey_words(asked)
    form = SharingForm(request.POST or None, person=who(request), initial={"title": named[:120]})
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_question(question=asked.saved(), by=who(request), at=timezone.now(), **form.kept())
        except (QuestionNeedsTitle, UnreadableQuestion) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. It stands among the saved questions."))
            return redirect("figures_question", saved.pk)
    return _form(request, asked, form, _("Save the question"), _("Save"))


@require_http_methods(["GET", "POST"])
def tile(request: HttpRequest, kind: str) -> HttpResponse:
    """Put the question of the address on a board."""
    asked = _asked(request, kind)
    if not asked.is_enough:
        return redirect("journeys_ask", kind)
    person = who(request)
    own = list(boards_visible_to(person).filter(owner=person).order_by("title", "pk"))
    initial = {"kind": TileKind.BAR, "size": TileSize.MEDIUM, "board": request.GET.get("board", "")}
    form = NewTileForm(request.POST or None, boards=own, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = put_on_board(request, form, asked.saved(), own)
        if made:
            messages.success(request, _("The tile is on the board."))
            return redirect("boards_board", made.pk)
    return _form(request, asked, form, _("Add to a board"), _("Put it there"))


class JourneyAlertForm(forms.Form):
    """When a journey's number should speak up, where, and to whom."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    breach = forms.ChoiceField(
        label=gettext_lazy("Speaks up when it"),
        choices=[(one.value, one.label) for one in (Breach.BELOW, Breach.ABOVE)],
    )
    limit = forms.DecimalField(
        label=gettext_lazy("Limit"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text=gettext_lazy("Write a percentage as 12.5 for 12.5 %."),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"), choices=Severity.choices, initial=Severity.WARNING
    )
    owner = TitledChoice(
        label=gettext_lazy("Owner"),
        queryset=None,
        help_text=gettext_lazy("Who answers for it and is told what happens."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_visible_to(person).order_by("path")  # type: ignore[attr-defined]  # a model choice
        self.fields["owner"].queryset = colleagues_of(person, today()).order_by("name")  # type: ignore[attr-defined]  # a model choice


@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, kind: str) -> HttpResponse:
    """Watch the number of the question of the address."""
    asked = _asked(request, kind)
    if not asked.is_enough or not has_number(kind, asked.spec):
        return redirect("journeys_ask", kind)
    person = who(request)
    units = units_visible_to(person).order_by("path")
    unit = units.filter(code=asked.unit).first() if asked.unit else units.first()
    initial = {"title": journey_words(asked)[:120], "owner": person.pk, "unit": unit and unit.pk}
    form = JourneyAlertForm(request.POST or None, person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = _set(request, form, asked)
        if made:
            messages.success(request, _("The figure is watched from now on."))
            return redirect("figures_alert", made)
    return _form(request, asked, form, _("Watch a figure"), _("Watch it"))


def _set(request: HttpRequest, form: JourneyAlertForm, asked: AskedJourney) -> int | None:
    """Set the alert of a valid form and look at it at once; say in the form why it cannot be."""
    data = dict(form.cleaned_data)
    verdict = can_set_alerts(who(request), data["unit"], data["owner"])
    if not verdict:
        form.add_error("unit", verdict.reason)
        return None
    at = timezone.now()
    data["limit"] = data["limit"] / 100
    try:
        made = set_alert(question=asked.saved(), by=who(request), at=at, **data)
    except AlertUnclear as error:
        form.add_error(None, str(error))
        return None
    if look_at(alert=made.pk, at=at):
        messages.warning(request, _("The figure is beyond its limit already: the alert speaks."))
    return made.pk


def _asked(request: HttpRequest, kind: str) -> AskedJourney:
    require_kind(kind)
    return AskedJourney.from_query(kind, request.GET)


def _form(
    request: HttpRequest, asked: AskedJourney, form: forms.Form, heading: str, submit: str
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "submit": submit,
        "named": journey_words(asked),
        "back": f"{reverse('journeys_ask', args=[asked.kind])}?{asked.query()}",
    }
    return render(request, "journeys/keep.html", context, status=422 if form.errors else 200)
