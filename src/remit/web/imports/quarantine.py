"""Rows that were left out: reasons, corrections in place, loading again, giving up, all of them as CSV."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.lake import tasks
from remit.lake.actions import (
    ImportIsBusy,
    NothingCorrected,
    RowIsSettled,
    correct_row,
    drop_rows,
    replay_quarantine,
)
from remit.lake.enums import RowState
from remit.lake.models import Import, QuarantinedRow
from remit.lake.places import quarantine_file
from remit.lake.queries.quarantine import counts_by_state
from remit.lake.reading.mapping import mapping_of
from remit.lake.reading.quarantine import read_left_out
from remit.lake.rules import can_import, quarantine_visible_to

from ..figures.exporting import CSV_TYPE, guarded
from ..ids import id_in, ids_in
from ..requiring import require
from ..who import who
from .forms import ReasonForm
from .page import find

PAGE_ROWS = 25
CELL = re.compile(r"cell\.(\d{1,18})\.(\d{1,5})")
OPEN_STATES = (RowState.OPEN, RowState.CORRECTED)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the file. ``is_wrong``: a problem is about it, so that it can be changed in place."""

    name: str
    text: str | None
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the page shows it."""

    id: int
    line: int
    reasons: list[str]
    cells: list[Cell]
    is_corrected: bool


@require_GET
def rows(request: HttpRequest, import_id: int) -> HttpResponse:
    """Rows left out, a page at a time, by what became of them."""
    return _page(request, find(request, import_id))


@require_GET
def row(request: HttpRequest, import_id: int, row_id: int) -> HttpResponse:
    """All cells of one row."""
    whole = find(request, import_id)
    kept = get_object_or_404(quarantine_visible_to(who(request)).filter(import_row=whole), pk=row_id)
    context = {"row": whole, "each": _row(kept, whole), "is_open": kept.state in OPEN_STATES}
    return render(request, "imports/row.html", context)


@require_GET
def as_file(request: HttpRequest, import_id: int) -> HttpResponse | StreamingHttpResponse:
    """All rows left out as CSV, with line and reasons, as the file had them."""
    whole = find(request, import_id)
    response = StreamingHttpResponse(_csv(whole, _left_out(request, whole)), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="import-{whole.pk}-left-out.csv"'
    return response


@require_POST
def corrections(request: HttpRequest, import_id: int) -> HttpResponse:
    """Keep what was typed; it loads at the next replay."""
    whole = find(request, import_id)
    require(can_import(who(request), whole.unit))
    try:
        count = _correct(request, whole)
    except (ImportIsBusy, RowIsSettled) as error:
        return _page(request, whole, str(error))
    if count:
        text = ngettext("%d row is corrected.", "%d rows are corrected.", count) % count
        messages.success(request, text)
    return redirect(_address(whole, request.POST))


@require_POST
def replay(request: HttpRequest, import_id: int) -> HttpResponse:
    """Keep what was typed, and load the corrected rows again: one of them, or all."""
    whole = find(request, import_id)
    require(can_import(who(request), whole.unit))
    only = str(request.POST.get("row", ""))
    try:
        with transaction.atomic():
            _correct(request, whole, id_in(only))
            replay_quarantine(whole=whole, by=who(request), at=timezone.now())
            tasks.run.enqueue(whole.pk)
    except NothingCorrected:
        return _page(request, whole, _("Nothing is corrected yet. Change a marked cell first."))
    except (ImportIsBusy, RowIsSettled) as error:
        return _page(request, whole, str(error))
    return redirect("imports_page", whole.pk)


@require_POST
def discards(request: HttpRequest, import_id: int) -> HttpResponse:
    """Give the chosen rows up, for a reason that the record keeps."""
    whole = find(request, import_id)
    require(can_import(who(request), whole.unit))
    ids = ids_in(request.POST.getlist("ids"))
    form = ReasonForm(request.POST)
    if not ids:
        return _page(request, whole, _("No row is chosen. Tick the rows to give up."))
    if not form.is_valid():
        return _page(request, whole, " ".join(map(str, form.errors["reason"])))
    try:
        count = drop_rows(
            whole=whole, ids=ids, reason=form.cleaned_data["reason"], by=who(request), at=timezone.now()
        )
    except ImportIsBusy as error:
        return _page(request, whole, str(error))
    messages.success(request, ngettext("%d row is given up.", "%d rows are given up.", count) % count)
    return redirect(_address(whole, request.POST))


def _correct(request: HttpRequest, whole: Import, only: int | None = None) -> int:
    """Write down the cells that differ from what is kept; return how many rows changed.

    ``only``: a row that counts as corrected even when no cell differs, because a person sends it as it is.
    """
    names: list[str] = whole.found.get("columns", [])
    typed = _typed(request.POST)
    if only is not None:
        typed = {only: typed.get(only, {})}
    kept = quarantine_visible_to(who(request)).filter(import_row=whole, pk__in=typed, state__in=OPEN_STATES)
    changed = 0
    with transaction.atomic():
        for each in kept.order_by("pk"):
            current = each.current
            cells = {
                names[place]: text
                for place, text in typed[each.pk].items()
                if place < len(names) and text != (current[place] or "")
            }
            if cells or (each.pk == only and each.state == RowState.OPEN):
                correct_row(row=each, cells=cells, by=who(request), at=timezone.now())
                changed += 1
    return changed


def _typed(data: QueryDict) -> dict[int, dict[int, str]]:
    """The cells of a posted form: by row, by place."""
    found: dict[int, dict[int, str]] = {}
    for name, text in data.items():
        if match := CELL.fullmatch(name):
            found.setdefault(int(match[1]), {})[int(match[2])] = str(text).strip()
    return found


def _page(request: HttpRequest, whole: Import, refusal: str = "") -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    counts = counts_by_state(whole)
    state = given.get("state") if given.get("state") in RowState.values else _first_state(counts)
    kept = quarantine_visible_to(who(request)).select_related("import_row")
    found = kept.filter(import_row=whole, state=state).order_by("line", "pk")
    page = Paginator(found, PAGE_ROWS).get_page(given.get("page"))
    address = reverse("imports_quarantine", args=[whole.pk])
    tabs = [
        (title, f"{address}?state={value}", value == state, counts.get(value, 0))
        for value, title in RowState.choices
    ]
    context = {
        "row": whole,
        "page": page,
        "rows": [_row(each, whole) for each in page],
        "columns": whole.found.get("columns", []),
        "tabs": tabs,
        "state": state,
        "is_open": state in OPEN_STATES and bool(can_import(who(request), whole.unit)),
        "kept": sum(counts.values()),
        "beyond": max(whole.left_out - counts.get(RowState.OPEN, 0) - counts.get(RowState.CORRECTED, 0)
                      - counts.get(RowState.DROPPED, 0), 0),
        "refusal": refusal,
        "reason": given.get("reason", ""),
    }  # fmt: skip
    return render(request, "imports/quarantine.html", context, status=422 if refusal else 200)


def _first_state(counts: dict[str, int]) -> str:
    """The open rows; the corrected ones where nothing is open any more."""
    return (
        RowState.CORRECTED
        if counts.get(RowState.CORRECTED) and not counts.get(RowState.OPEN)
        else RowState.OPEN
    )


def _row(kept: QuarantinedRow, whole: Import) -> Row:
    names: list[str] = whole.found.get("columns", [])
    wrong = _wrong_columns(kept, whole)
    return Row(
        id=kept.pk,
        line=kept.line,
        reasons=kept.reasons(get_language() or "zh-hant"),
        cells=[Cell(name, text, name in wrong) for name, text in zip(names, kept.current, strict=False)],
        is_corrected=kept.state == RowState.CORRECTED,
    )


def _wrong_columns(kept: QuarantinedRow, whole: Import) -> set[str]:
    """Columns of the file that the problems are about; all of them where a problem is about the whole row."""
    chosen = mapping_of(whole.mapping)
    names: set[str] = set()
    for problem in kept.problems:
        targets = [problem["column"]] if problem.get("column") else []
        if problem["code"] in ("identical", "repeated", "already_there"):
            targets = [name for name in chosen.contract.key if name in chosen.columns]
        found = {
            name for target in targets if target in chosen.columns for name in chosen.columns[target].reads
        }
        names |= found or set(whole.found.get("columns", []))
    return names


def _address(whole: Import, data: QueryDict) -> str:
    state = data.get("state") if data.get("state") in RowState.values else RowState.OPEN
    page = str(data.get("page", "1"))
    address = reverse("imports_quarantine", args=[whole.pk])
    return f"{address}?state={state}&page={id_in(page) or 1}"


def _left_out(request: HttpRequest, whole: Import) -> Iterator[tuple[int, list[str], list[str | None]]]:
    """(line, reasons, cells) of all rows still left out, from the file that keeps them all if it is there."""
    language = get_language() or "zh-hant"
    names: list[str] = whole.found.get("columns", [])
    kept = quarantine_visible_to(who(request)).filter(import_row=whole)
    loaded = set(kept.filter(state=RowState.LOADED).values_list("line", flat=True))
    path = quarantine_file(whole)
    if path is None:
        for each in kept.exclude(state=RowState.LOADED).order_by("line", "pk"):
            yield each.line, each.reasons(language), each.current
        return
    for left in read_left_out(path, len(names), whole.found.get("delimiter") or ","):
        if left.line not in loaded:
            yield left.line, [problem.say(whole.table, language) for problem in left.problems], left.cells


def _csv(whole: Import, found: Iterator[tuple[int, list[str], list[str | None]]]) -> Iterator[str]:
    """Lines of the file; no cell can run as a formula in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([_("Line no."), _("What is wrong"), *map(guarded, whole.found.get("columns", []))])
    for line, reasons, cells in found:
        writer.writerow([line, guarded(" ".join(reasons)), *(guarded(text or "") for text in cells)])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()
