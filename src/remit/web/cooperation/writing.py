"""The asking side: write it, change it, add papers, ask, drop it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.execution.actions.cooperation import (
    CooperationUnclear,
    NotAtThisStage,
    add_cooperation,
    add_cooperation_file,
    ask_department,
    change_cooperation,
    drop_cooperation,
)
from remit.execution.cooperation_rules import can_ask, can_change, can_send, cooperation_files_visible_to
from remit.files.actions import store_file
from remit.files.actions.storing import DiskFull, FileTooLarge

from ..doing import done
from ..files.sending import download
from ..ids import id_in
from ..requiring import require
from ..who import who
from .forms import CooperationForm, DropForm, PaperForm
from .page import found, show

WRONG = (CooperationUnclear, NotAtThisStage)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a request to another department."""
    person = who(request)
    require(can_ask(person))
    form = CooperationForm(_posted(request), by=person, initial={"plan": id_in(request.GET.get("plan", ""))})
    if request.method == "POST" and form.is_valid():
        try:
            row = add_cooperation(by=person, at=timezone.now(), **form.cleaned_data)
        except CooperationUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept. Nobody has been asked yet: add papers, then ask."))
            return redirect("cooperation_one", row.pk)
    return _form(request, form, _("Ask another department"), reverse("cooperation_list"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """Change it; what was signed of it no longer stands."""
    row, person = found(request, cooperation_id), who(request)
    require(can_change(person, row))
    form = CooperationForm(_posted(request), by=person, row=row)
    if request.method == "POST" and done(
        request, form, change_cooperation, WRONG, said=_("Saved."), cooperation=row
    ):
        return redirect("cooperation_one", row.pk)
    return _form(request, form, row.title, reverse("cooperation_one", args=[row.pk]), row=row)


@require_POST
def attach(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """Add a paper."""
    row, person = found(request, cooperation_id), who(request)
    require(can_change(person, row))
    form, at = PaperForm(request.POST, request.FILES), timezone.now()
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            stored = store_file(
                content=given.chunks(), name=given.name, owner=person, scope=row.unit, by=person, at=at
            )  # fmt: skip
            add_cooperation_file(cooperation=row, file=stored, by=person, at=at)
        except (FileTooLarge, DiskFull) as error:
            form.add_error("file", str(error.args[-1]))
        except NotAtThisStage as error:
            form.add_error(None, str(error))
        else:
            return redirect("cooperation_one", row.pk)
    return show(request, row, filing=form)


@require_GET
def attached(request: HttpRequest, cooperation_file_id: int) -> FileResponse:
    """A paper, for everybody who sees the request."""
    rows = cooperation_files_visible_to(who(request)).select_related("file")
    return download(get_object_or_404(rows, pk=cooperation_file_id).file)


@require_POST
def request_of(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """Open its request: that page says what the policy asks before anything is submitted."""
    row, person = found(request, cooperation_id), who(request)
    require(can_send(person, row))
    try:
        asked = ask_department(cooperation=row, by=person, at=timezone.now())
    except NotAtThisStage as error:
        messages.error(request, str(error))
        return redirect("cooperation_one", row.pk)
    return redirect("approvals_request", asked.pk)


@require_POST
def drop(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """It is no longer needed."""
    row, person = found(request, cooperation_id), who(request)
    require(can_change(person, row))
    form = DropForm(request.POST)
    if done(request, form, drop_cooperation, WRONG, said=_("It is no longer asked for."), cooperation=row):
        return redirect("cooperation_one", row.pk)
    return show(request, row, dropping=form)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form(
    request: HttpRequest, form: CooperationForm, title: str, back: str, *, row: Any = None
) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "row": row}
    return render(request, "cooperation/form.html", context, status=422 if form.errors else 200)
