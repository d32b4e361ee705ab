"""Write keys: which there are, what came by them; make, change, disable."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.collection.actions import change_key, disable_key, make_key
from remit.collection.actions.write_key import (
    KeyIsDisabled,
    KeyNeedsCompany,
    KeyNeedsName,
    WrongLimit,
    WrongOrigins,
)
from remit.collection.models import WriteKey
from remit.collection.queries.keys import taken_since
from remit.collection.rules import can_keep_keys, can_keep_keys_anywhere, keys_visible_to

from ..companies import company_column, company_filter
from ..doing import done
from ..lists import Column, Filter, Listing
from ..requiring import require
from ..who import who
from .forms import KeyForm, LimitsForm

DAY = timedelta(days=1)
WRONG = (KeyIsDisabled, KeyNeedsCompany, KeyNeedsName, WrongLimit, WrongOrigins)
STATES = (("True", gettext_lazy("In use")), ("False", gettext_lazy("Disabled")))

COLUMNS = (
    Column(
        "name", gettext_lazy("Where it is used"), sort="name",
        href=lambda row: reverse("collection_key", args=[row.pk]),
    ),
    Column("kind", gettext_lazy("Kind"), value=WriteKey.get_kind_display, sort="kind"),
    Column("origins", gettext_lazy("Origins of the pages"), value=lambda row: ", ".join(row.origins)),
    Column("taken", gettext_lazy("Events in 24 hours"), kind="count"),
    Column("made_at", gettext_lazy("Made"), kind="moment", sort="made_at"),
    Column(
        "state", gettext_lazy("State"), kind="badge",
        value=lambda row: _("disabled") if row.disabled_at else _("in use"),
        tone=lambda row: "" if row.disabled_at else "good",
    ),
    company_column(),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The keys of the companies for which the person may import."""
    require(can_keep_keys_anywhere(who(request)))
    found = Listing(
        request,
        keys_visible_to(who(request)).select_related("unit"),
        COLUMNS,
        name="keys",
        search=("name",),
        filters=(
            *company_filter(who(request)),
            Filter("in_use", gettext_lazy("State"), STATES, apply=_of_state),
        ),
        sort="-made_at",
        prepare=_count,
    )
    return found.export() or render(request, "collection/keys.html", {"listing": found})


def _of_state(rows: Any, value: str) -> Any:
    return rows.filter(disabled_at__isnull=value == "True")


def _count(rows: list[Any]) -> None:
    taken = taken_since([row.pk for row in rows], DAY, timezone.now())
    for row in rows:
        row.taken = taken.get(row.pk, 0)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a key; that of a server is shown on this one answer and nowhere else."""
    person = who(request)
    require(can_keep_keys_anywhere(person))
    form = KeyForm(request.POST or None, by=person)
    if request.method == "POST" and form.is_valid():
        require(can_keep_keys(person, form.cleaned_data["unit"]))
        try:
            key, secret = make_key(**form.cleaned_data, by=person, at=timezone.now())
        except WRONG as error:
            form.add_error(None, str(error))
        else:
            return _page(request, key, LimitsForm(initial=_limits(key)), secret)
    return render(request, "collection/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key_id: int) -> HttpResponse:
    """One key: how to use it, what came by it, and its limits to change."""
    key = _key(request, key_id)
    form = LimitsForm(request.POST if request.method == "POST" else None, initial=_limits(key))
    if request.method == "POST":
        require(can_keep_keys(who(request), key.unit))
        if done(request, form, change_key, WRONG, said=_("Saved."), key=key):
            return redirect("collection_key", key.pk)
    return _page(request, key, form)


@require_POST
def disabling(request: HttpRequest, key_id: int) -> HttpResponse:
    """Let nothing more come by a key."""
    key = _key(request, key_id)
    require(can_keep_keys(who(request), key.unit))
    disable_key(key=key, by=who(request), at=timezone.now())
    messages.success(request, _("Nothing comes by this key any more."))
    return redirect("collection_keys")


def _key(request: HttpRequest, key_id: int) -> WriteKey:
    key: WriteKey = get_object_or_404(keys_visible_to(who(request)).select_related("unit"), pk=key_id)
    return key


def _limits(key: WriteKey) -> dict[str, Any]:
    return {name: getattr(key, name) for name in LimitsForm.base_fields}


def _page(request: HttpRequest, key: WriteKey, form: LimitsForm, secret: str = "") -> HttpResponse:
    taken = taken_since([key.pk], DAY, timezone.now()).get(key.pk, 0)
    context = {
        "key": key, "form": form, "secret": "" if key.is_of_browsers else secret, "taken": taken,
        "address": settings.ADDRESS.rstrip("/"),
    }  # fmt: skip
    return render(request, "collection/key.html", context, status=422 if form.errors else 200)
