"""The files that a person may see, and their content."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from remit.files.enums import Kind
from remit.files.models import StoredFile
from remit.files.rules import files_visible_to

from ..lists import Column, Filter, Listing
from ..who import who
from .sending import download
from .sizes import readable_size


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Files of the person and of their units, newest first."""
    files = Listing(
        request,
        files_visible_to(who(request)),
        COLUMNS,
        name="files",
        search=("name",),
        filters=(Filter("kind", _("Kind"), Kind.choices, field="kind"),),
        sort="-made_at",
    )
    return files.export() or render(request, "files/list.html", {"files": files})


@require_GET
def content(request: HttpRequest, file_id: int) -> HttpResponse | FileResponse:
    """The file itself, always as a download: nothing that somebody uploaded is shown as a page of ours."""
    stored = get_object_or_404(files_visible_to(who(request)), pk=file_id)
    return download(stored)


def _address(stored: StoredFile) -> str:
    return "" if stored.gone_at else reverse("files_content", args=[stored.pk])


def _state(stored: StoredFile) -> str:
    return str(_("not kept any more")) if stored.gone_at else ""


COLUMNS = (
    Column("name", _("Name"), sort="name", href=_address, note=_state),
    Column("kind", _("Kind"), value=StoredFile.get_kind_display, sort="kind"),
    Column("size", _("Size"), value=lambda stored: readable_size(stored.size), sort="size"),
    Column("made_at", _("Stored"), kind="moment", sort="made_at"),
    Column("expires_at", _("Kept until"), kind="day", sort="expires_at", optional=True),
    Column("sha256", _("SHA-256"), kind="code", optional=True),
)
