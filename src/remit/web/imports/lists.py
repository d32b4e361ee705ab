"""The list of imports, and handing a file in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.files.actions import store_file
from remit.files.actions.storing import DiskFull, FileTooLarge
from remit.lake.enums import ImportState
from remit.lake.rules import can_import_anywhere, imports_visible_to
from remit.lake.tables import TABLES

from ..files.sizes import readable_size
from ..lists import Column, Filter, Listing
from ..requiring import require
from ..who import who
from . import showing
from .forms import UploadForm
from .stepping import steps_of

RUNNING_SHOWN = 10


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Imports of the units for which the person may import, newest first; those under way on top, live."""
    require(can_import_anywhere(who(request)))
    rows = imports_visible_to(who(request)).select_related("unit", "by", "job")
    busy = rows.filter(state__in=showing.UNDER_WAY).order_by("-pk")[:RUNNING_SHOWN]
    running = [showing.progress_of(row) for row in busy if showing.is_under_way(row)]
    if request.GET.get("part") == "running":
        response = render(request, "imports/list.html#running", {"running": running})
        if not running:
            response["HX-Refresh"] = "true"
        return response
    found = Listing(
        request,
        rows,
        COLUMNS,
        name="imports",
        search=("name",),
        filters=(
            Filter("state", _("State"), ImportState.choices, field="state"),
            Filter("table", _("Table"), _tables(), field="table"),
        ),
        sort="-made_at",
    )
    return found.export() or render(request, "imports/list.html", {"listing": found, "running": running})


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in, for one company; the next step looks at it."""
    require(can_import_anywhere(who(request)))
    form = UploadForm(request.POST or None, request.FILES or None, by=who(request))
    if request.method == "POST" and form.is_valid():
        try:
            stored = store_file(
                content=form.cleaned_data["file"].chunks(),
                name=form.cleaned_data["file"].name,
                owner=who(request),
                scope=form.cleaned_data["unit"],
                by=who(request),
                at=timezone.now(),
            )
        except (FileTooLarge, DiskFull) as error:
            form.add_error("file", str(error.args[-1]))
        else:
            return _go(request, reverse("imports_table", args=[stored.pk]))
    context = {
        "form": form,
        "steps": steps_of("upload"),
        "limit_size": readable_size(settings.FILE_UPLOAD_MAX_BYTES),
    }
    return render(request, "imports/upload.html", context, status=422 if form.errors else 200)


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, also from a form that htmx sent."""
    if not getattr(request, "htmx", False):
        return redirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def _tables() -> list[tuple[str, str]]:
    language = get_language() or "zh-hant"
    return [(name, table.title.say(language)) for name, table in TABLES.items() if table.imported]


COLUMNS = (
    Column(
        "name", _("File"), sort="name",
        href=lambda row: reverse("imports_page", args=[row.pk]),
        note=lambda row: row.error_text(get_language() or "zh-hant"),
    ),
    Column("table", _("Table"), value=showing.title_of),
    Column("unit", _("Company")),
    Column(
        "state", _("State"), sort="state", kind="badge",
        value=lambda row: row.get_state_display(), tone=showing.tone_of,
    ),
    Column("loaded", _("Loaded"), kind="count", sort="loaded"),
    Column("left_out", _("Left out"), kind="count", sort="left_out"),
    Column("by", _("By")),
    Column("made_at", _("Handed in"), kind="moment", sort="made_at"),
    Column("read", _("Read"), kind="count", sort="read", optional=True),
    Column("skipped", _("Already there"), kind="count", sort="skipped", optional=True),
)  # fmt: skip
