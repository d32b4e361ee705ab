"""Reports on their days, each kept as a document too."""

from datetime import datetime

from django.conf import settings
from django.utils import translation

from remit.core.ref import Ref
from remit.execution.actions.report import keep_document, make_reports
from remit.execution.models import Report
from remit.files.actions import store_file
from remit.files.enums import Kind

from ..printing import CannotPrint
from .printing import printed
from .shown import title_of


def make_and_keep(*, at: datetime) -> dict[str, int]:
    """How many were made, and how many of them kept as documents; what cannot be drawn stays a page."""
    made = make_reports(at=at)
    return {"made": len(made), "kept": sum(keep(report, at) for report in made)}


def keep(report: Report, at: datetime) -> bool:
    """In the language of the installation, among the generated files of the unit."""
    language = settings.LANGUAGE_CODE
    try:
        drawn = printed(report, language)
    except CannotPrint:
        return False
    with translation.override(language):
        name = f"{title_of(report)}.pdf"
    file = store_file(
        content=[drawn], name=name, owner=None, scope=Ref("unit", report.unit_id), kind=Kind.GENERATED,
        media_type="application/pdf", by=None, at=at,
    )  # fmt: skip
    keep_document(report=report, file=file, language=language, at=at)
    return True
