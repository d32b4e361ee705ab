"""What the steps of an import share: the file and its company, the mapping in the address, the way back."""

from collections.abc import Mapping as Words
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from remit.core.ref import Ref
from remit.files.models import StoredFile
from remit.files.rules import files_visible_to
from remit.lake.reading.refusal import Refusal
from remit.lake.rules import can_import_anywhere, imports_visible_to, units_importable_by
from remit.lake.tables import Table
from remit.org.models import Unit

from ..requiring import require
from ..who import who
from . import showing
from .draft import DraftTooLong, UnreadableDraft, unpacked

STEPS: tuple[tuple[str, str | Promise], ...] = (
    ("upload", gettext_lazy("File")),
    ("table", gettext_lazy("Table")),
    ("mapping", gettext_lazy("Columns")),
    ("preview", gettext_lazy("Preview")),
)


@dataclass(frozen=True, slots=True)
class Handed:
    """A file handed in, and the company for which it was."""

    file: StoredFile
    unit: Unit


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way, with its address where one can go back to it."""

    title: Any
    url: str
    is_here: bool
    is_done: bool


def steps_of(here: str, urls: Words[str, str] | None = None) -> list[Step]:
    """The steps; those before the present one are done."""
    names = [name for name, _title in STEPS]
    at = names.index(here)
    return [
        Step(title, (urls or {}).get(name, "") if place < at else "", place == at, place < at)
        for place, (name, title) in enumerate(STEPS)
    ]


def handed_in(request: HttpRequest, file_id: int) -> Handed:
    """The file and its company, when the person may import for it; otherwise it does not exist."""
    require(can_import_anywhere(who(request)))
    stored = get_object_or_404(files_visible_to(who(request)), pk=file_id)
    try:
        ref = Ref.parse(stored.scope)
    except ValueError:
        raise Http404 from None
    if ref.kind != "unit":
        raise Http404
    return Handed(stored, get_object_or_404(units_importable_by(who(request)), pk=ref.id))


def draft_in(given: QueryDict) -> dict[str, Any]:
    """The mapping in the address; nothing where there is none or it was cut off."""
    try:
        raw = unpacked(str(given.get("m", ""))) if given.get("m") else {}
    except UnreadableDraft:
        return {}
    return raw if isinstance(raw.get("columns", {}), dict) else {}


def headed(raw: Words[str, Any], contract: Table, handed: Handed) -> dict[str, Any]:
    """The mapping with its table, company and, where amounts need one, the company's currency."""
    whole = {**raw, "table": contract.name, "unit": handed.unit.code, "columns": raw.get("columns", {})}
    if "currency" in contract.by_name and "currency" not in whole["columns"]:
        whole.setdefault("currency", handed.unit.currency)
    return whole


def context_of(
    request: HttpRequest, handed: Handed, here: str, contract: Table | None = None, draft: str = ""
) -> dict[str, Any]:
    file_id = handed.file.pk
    table_url = reverse("imports_table", args=[file_id])
    urls = {"table": table_url, "mapping": f"{reverse('imports_mapping', args=[file_id])}?m={draft}"}
    rows = imports_visible_to(who(request)).filter(sha256=handed.file.sha256, unit=handed.unit)
    if contract is not None:
        rows = rows.filter(table=contract.name)
    earlier = [(row, showing.title_of(row)) for row in rows.order_by("-pk")[:5]]
    return {
        "file": handed.file,
        "unit": handed.unit,
        "table": contract,
        "steps": steps_of(here, urls),
        "back": table_url,
        "earlier": earlier,
    }


def said(error: Exception) -> str:
    if isinstance(error, Refusal):
        return error.text.say(get_language() or "zh-hant")
    if isinstance(error, DraftTooLong):
        return _(
            "The mapping is too long for the address. Import it with the command line, or shorten its lists."
        )
    return str(error)
