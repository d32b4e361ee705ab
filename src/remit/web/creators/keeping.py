"""Put somebody on the register, file contracts, end the work and take it up again."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.files.actions import store_file
from remit.files.actions.storing import DiskFull, FileTooLarge
from remit.planning.actions.creator import (
    CreatorKnown,
    CreatorUnclear,
    add_creator,
    change_creator,
    end_work,
    keep_contract,
    resume_work,
    withdraw_contract,
)
from remit.planning.creator_rules import can_keep_creator, can_register_creators, contracts_visible_to

from ..doing import tried
from ..files.sending import download
from ..requiring import require
from ..who import who
from .forms import ContractForm, CreatorForm, EndForm, WithdrawForm
from .page import found, show


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put somebody on the register."""
    person = who(request)
    require(can_register_creators(person))
    form = CreatorForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_creator(by=person, at=timezone.now(), **form.cleaned_data)
        except (CreatorKnown, CreatorUnclear) as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("On the register. Now file the contract."))
            return redirect("creators_creator", row.pk)
    return _form(request, form, _("Put on the register"), reverse("creators_list"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, creator_id: int) -> HttpResponse:
    """Edit the entry."""
    row, person = found(request, creator_id), who(request)
    require(can_keep_creator(person, row))
    form = CreatorForm(request.POST or None, by=person, creator=row)
    if request.method == "POST" and form.is_valid():
        try:
            change_creator(creator=row, by=person, at=timezone.now(), **form.cleaned_data)
        except (CreatorKnown, CreatorUnclear) as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("creators_creator", row.pk)
    back = reverse("creators_creator", args=[row.pk])
    return _form(request, form, _("Change: %s") % row.name, back)


@require_POST
def contract(request: HttpRequest, creator_id: int) -> HttpResponse:
    """File a contract."""
    row, by, at = found(request, creator_id), who(request), timezone.now()
    require(can_keep_creator(by, row))
    form = ContractForm(request.POST, request.FILES)
    if form.is_valid():
        given = dict(form.cleaned_data)
        paper = given.pop("file")
        try:
            stored = store_file(
                content=paper.chunks(), name=paper.name, owner=by, scope=row.unit, by=by, at=at
            )  # fmt: skip
            keep_contract(creator=row, file=stored, by=by, at=at, **given)
        except (FileTooLarge, DiskFull) as error:
            form.add_error("file", str(error.args[-1]))
        except CreatorUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The contract is on file."))
            return redirect("creators_creator", row.pk)
    return show(request, row, filing=form)


@require_GET
def file(request: HttpRequest, contract_id: int) -> FileResponse:
    """The paper of a contract, for everybody who sees the entry."""
    rows = contracts_visible_to(who(request)).select_related("file")
    return download(get_object_or_404(rows, pk=contract_id).file)


@require_POST
def withdraw(request: HttpRequest, contract_id: int) -> HttpResponse:
    """A contract counts no more."""
    rows = contracts_visible_to(who(request)).select_related("creator__unit")
    row = get_object_or_404(rows, pk=contract_id)
    require(can_keep_creator(who(request), row.creator))
    form = WithdrawForm(request.POST, contract=row)
    if form.is_valid():
        try:
            withdraw_contract(contract=row, by=who(request), at=timezone.now(), **form.cleaned_data)
        except CreatorUnclear as error:  # withdrawn meanwhile, it has no form any more
            messages.error(request, str(error))
        else:
            messages.success(request, _("This contract counts no more."))
        return redirect("creators_creator", row.creator_id)
    return show(request, found(request, row.creator_id), withdrawn=form)


@require_POST
def end(request: HttpRequest, creator_id: int) -> HttpResponse:
    """Work with them no longer."""
    row = found(request, creator_id)
    require(can_keep_creator(who(request), row))
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            end_work(creator=row, by=who(request), at=timezone.now(), **form.cleaned_data)
        except CreatorUnclear as error:  # ended meanwhile, it has no form any more
            messages.error(request, str(error))
        else:
            messages.success(request, _("Ended. The entry stays with its campaigns and results."))
        return redirect("creators_creator", row.pk)
    return show(request, row, ending=form)


@require_POST
def resume(request: HttpRequest, creator_id: int) -> HttpResponse:
    """Work with them again."""
    row = found(request, creator_id)
    require(can_keep_creator(who(request), row))
    tried(request, resume_work, CreatorUnclear, said=_("Back on the register."), creator=row)
    return redirect("creators_creator", row.pk)


def _form(request: HttpRequest, form: CreatorForm, title: str, back: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "back": back}
    return render(request, "creators/form.html", context, status=422 if form.errors else 200)
