"""Which column of the file is what: guessed, changed by a person, carried on in the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from remit.files.queries import FileGone
from remit.lake.reading.fitting import check, missing_columns
from remit.lake.reading.mapping import Mapping, mapping_of
from remit.lake.reading.refusal import Refusal
from remit.lake.tables import TABLES, Table

from . import showing
from .draft import DraftTooLong, packed
from .looking import Look, look
from .mapping_form import DELIMITERS, policies, raw_from, targets_of
from .stepping import Handed, context_of, draft_in, handed_in, headed, said

ORIGINS = (
    ("constant", gettext_lazy("the same for all rows")),
    ("join", gettext_lazy("several columns put together")),
    ("sum", gettext_lazy("several columns added up")),
    ("attribute", gettext_lazy("from a list that is there already")),
    ("row_number", gettext_lazy("the number of the line")),
)
REPEATS = (
    ("quarantine", gettext_lazy("leave the later ones out, for a person to decide")),
    ("first", gettext_lazy("the first one holds")),
    ("last", gettext_lazy("the last one holds")),
    ("commonest", gettext_lazy("the commonest one holds")),
)


@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, file_id: int) -> HttpResponse:
    """Which column is what: guessed, or as the address says; what is posted goes into the next address."""
    handed = handed_in(request, file_id)
    given = draft_in(request.GET)
    contract = TABLES.get(str(request.GET.get("table") or given.get("table") or ""))
    if contract is None or contract.name == "units":
        return redirect("imports_table", file_id)
    raw = headed(raw_from(request.POST, contract) if request.method == "POST" else given, contract, handed)
    refusal, status = "", 200
    try:
        seen = look(handed.file, contract.name, raw)
        if request.method == "POST":
            return redirect(_next(request.POST, raw, seen, file_id))
    except (Refusal, FileGone, DraftTooLong) as error:
        refusal, status = said(error), 422
        try:
            seen = look(handed.file, contract.name)
        except (Refusal, FileGone):
            return redirect("imports_table", file_id)
    if not raw["columns"]:
        raw = headed({**raw, "columns": seen.raw["columns"]}, contract, handed)
    context = context_of(request, handed, "mapping", contract) | _fields(contract, raw, seen, handed)
    context |= {
        "refusal": refusal,
        "guess_notes": [] if given.get("columns") else showing.said(seen.note_texts),
    }
    return render(request, "imports/mapping.html", context, status=status)


def _next(data: QueryDict, raw: dict[str, Any], seen: Look, file_id: int) -> str:
    """Where a posted mapping leads: the preview, or this page when the file is to be read anew."""
    if data.get("then") == "mapping":
        fresh = {key: value for key, value in raw.items() if key != "columns"}
        return f"{reverse('imports_mapping', args=[file_id])}?m={packed(fresh)}"
    check(mapping_of(raw), seen.columns)
    return f"{reverse('imports_preview', args=[file_id])}?m={packed(raw)}"


def _fields(contract: Table, raw: dict[str, Any], seen: Look, handed: Handed) -> dict[str, Any]:
    """What the form shows."""
    missing = {column.name for column in missing_columns(_lenient(raw))}
    required = [
        c.name for c in contract.given if not c.nullable and not (c.follows and c.follows in raw["columns"])
    ]
    targets = targets_of(contract, raw, seen.samples, required)
    return {
        "look": seen,
        "description": showing.found_text(seen.found),
        "raw": raw,
        "targets": [(target, target.name in missing) for target in targets],
        "origins": ORIGINS,
        "repeats": REPEATS,
        "policies": [(name, TABLES[name].title, policy) for name, policy in policies(contract, raw)],
        "is_list": contract.kind == "dimension",
        "needs_currency": "currency" in contract.by_name,
        "has_times": any(target.is_time for target in targets),
        "delimiter_name": next(
            (k for k, v in DELIMITERS.items() if v == raw.get("delimiter")), raw.get("delimiter", "")
        ),
        "unit": handed.unit,
    }


def _lenient(raw: dict[str, Any]) -> Mapping:
    """The mapping as far as it can be read: a form with a mistake still shows what is missing."""
    try:
        return mapping_of(raw)
    except Refusal:
        return Mapping(table=raw["table"], columns={})
