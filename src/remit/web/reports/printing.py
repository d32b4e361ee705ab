"""A report as a PDF in proper Chinese type: drawn by WeasyPrint, with pango and typefaces of the system."""

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from remit.planning.models import Report

from .shown import sections_of, title_of

SHEET = Path(__file__).parent / "print.css"
MISSING = "Install libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0, fonts-noto-cjk (as in Debian)."


class CannotPrint(RuntimeError):
    """The machine lacks what draws documents."""


def printed(report: Report, language: str) -> bytes:
    """The report in a language. Raise CannotPrint where the system lacks pango or a Chinese typeface."""
    if lacking():
        raise CannotPrint(
            _("No PDF can be made on this machine: tell whoever runs it that “remit check” says why.")
        )
    from weasyprint import CSS, HTML  # late: it loads the system's libraries

    with translation.override(language):
        context = {"report": report, "title": title_of(report), "sections": sections_of(report, None)}
        text = render_to_string("reports/print.html", {**context, "language": language})
    document: Any = HTML(string=text, url_fetcher=_nothing)
    found = document.write_pdf(stylesheets=[CSS(string=SHEET.read_text(encoding="utf-8"))])
    return bytes(found)


@cache
def lacking() -> str:
    """What keeps documents from being drawn, in a sentence for ``remit check``; empty when nothing does."""
    try:
        import weasyprint  # noqa: F401  # whether it loads is the question
    except (ImportError, OSError) as error:
        return f"WeasyPrint does not load: {str(error).splitlines()[0]}"
    listing = shutil.which("fc-list")
    if listing is None:
        return "fontconfig's fc-list is missing, so nobody can tell whether a Chinese typeface is there."
    done = subprocess.run([listing, ":lang=zh-tw", "family"], capture_output=True, text=True, check=False)  # noqa: S603  # a fixed command
    return "" if done.stdout.strip() else "No typeface of this machine has Chinese."


def _nothing(url: str, *_more: Any, **_named: Any) -> Any:
    """A document fetches nothing: all of it is in the page."""
    raise ValueError(f"A report fetches nothing, not even {url}.")
