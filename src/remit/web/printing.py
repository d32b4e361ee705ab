"""Pages as PDF in proper Chinese type: drawn by WeasyPrint, with pango and typefaces of the system."""

import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

SHEET = Path(__file__).parent / "print.css"
TYPEFACES = '"Noto Sans CJK TC", "Noto Sans CJK SC"'  # the forms of the first; in zh-hans those of the second
MISSING = "Install libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0, fonts-noto-cjk (as in Debian)."


class CannotPrint(RuntimeError):
    """The machine lacks what draws documents."""


def drawn(template: str, context: Mapping[str, Any], language: str) -> bytes:
    """The template as a PDF in a language. Raise CannotPrint where pango or a Chinese typeface is missing.

    What the context holds in words is already in that language.
    """
    if lacking():
        raise CannotPrint(
            _("No PDF can be made on this machine: tell whoever runs it that “remit check” says why.")
        )
    from weasyprint import CSS, HTML  # late: it loads the system's libraries

    with translation.override(language):
        text = render_to_string(template, {**context, "language": language})
    document: Any = HTML(string=text, url_fetcher=_nothing)
    found = document.write_pdf(stylesheets=[CSS(string=_sheet(language))])
    return bytes(found)


def _sheet(language: str) -> str:
    """The style, in the margins of a page too with the forms of characters that the language writes."""
    sheet = SHEET.read_text(encoding="utf-8")
    if language != "zh-hans":
        return sheet
    return sheet.replace(TYPEFACES, ", ".join(reversed(TYPEFACES.split(", "))))


def sent(body: bytes, name: str) -> HttpResponse:
    """The document as a download."""
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


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
    raise ValueError(f"A document fetches nothing, not even {url}.")
