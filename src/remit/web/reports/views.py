"""The reports that one reads, one on its page, and as a document."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.execution.enums import ReportKind
from remit.execution.models import Report
from remit.execution.report_rules import reports_visible_to
from remit.files.queries import FileGone, open_file

from ..lists import Column, Filter, Listing
from ..printing import CannotPrint, sent
from ..templatetags.figures import say
from ..who import who
from .printing import printed
from .shown import sections_of, title_of

COLUMNS = (
    Column(
        "title", pgettext_lazy("report", "Report"), value=lambda one: f"{one.get_kind_display()} {one.key}",
        href=lambda one: reverse("reports_report", args=[one.pk]), sort="key",
    ),
    Column("unit", gettext_lazy("Unit"), value=lambda one: say(one.unit)),
    Column("made_at", pgettext_lazy("report", "Made"), kind="moment", sort="made_at"),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Reports of the units that one sees, the newest first."""
    rows = reports_visible_to(who(request)).select_related("unit").defer("content")
    found = Listing(
        request, rows, COLUMNS, name="reports", search=("key", "unit__name", "unit__name_en"),
        filters=(Filter("kind", _("Kind"), ReportKind.choices, field="kind"),), sort="-made_at",
    )  # fmt: skip
    return found.export() or render(request, "reports/list.html", {"listing": found})


@require_GET
def page(request: HttpRequest, report_id: int) -> HttpResponse:
    """What was so at that moment; a row leads to its thing as it is now."""
    report = _found(request, report_id)
    context = {"report": report, "title": title_of(report), "sections": sections_of(report, who(request))}
    return render(request, "reports/report.html", context)


@require_GET
def document(request: HttpRequest, report_id: int) -> HttpResponse | FileResponse:
    """The kept document; in another language than it was kept in, it is drawn anew."""
    report, language = _found(request, report_id), get_language() or "zh-hant"
    name = f"{title_of(report)}.pdf"
    if report.document and report.language == language:
        try:
            body = open_file(report.document)
        except FileGone:
            pass
        else:
            return FileResponse(body, as_attachment=True, filename=name, content_type="application/pdf")
    try:
        return sent(printed(report, language), name)
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("reports_report", report.pk)


def _found(request: HttpRequest, report_id: int) -> Report:
    rows = reports_visible_to(who(request)).select_related("unit", "document")
    return get_object_or_404(rows, pk=report_id)
