"""A report as a document."""

from django.utils import translation

from remit.execution.models import Report

from ..printing import drawn
from .shown import sections_of, title_of


def printed(report: Report, language: str) -> bytes:
    """The report in a language. Raise CannotPrint where the machine cannot."""
    with translation.override(language):
        context = {"report": report, "title": title_of(report), "sections": sections_of(report, None)}
        return drawn("reports/print.html", context, language)
