"""One import: progress, result, history, undo."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.audit.queries import found, page, sentence_of
from remit.core.ref import Ref
from remit.files.rules import files_visible_to
from remit.lake import tasks
from remit.lake.actions import CannotUndo, save_mapping, undo_import
from remit.lake.enums import ImportState, RowState
from remit.lake.models import Import
from remit.lake.reading.mapping import mapping_of, write_mapping
from remit.lake.reading.problems import Problem
from remit.lake.rules import can_import, can_undo, imports_visible_to, quarantine_visible_to
from remit.lake.tables import TABLES

from ..files.sizes import readable_size
from ..refs import resolve_all
from ..requiring import require
from ..who import who
from . import showing
from .draft import DraftTooLong, packed
from .forms import KeepForm

REASONS_SHOWN = 8
EVENTS_SHOWN = 50


def find(request: HttpRequest, import_id: int) -> Import:
    """An import that the person may see; missing and forbidden look the same."""
    rows = imports_visible_to(who(request)).select_related("unit", "by", "job", "file")
    return get_object_or_404(rows, pk=import_id)


@require_GET
def show(request: HttpRequest, import_id: int) -> HttpResponse:
    """Where an import is, or what it brought."""
    row = find(request, import_id)
    if request.GET.get("part") == "progress":
        return _progress(request, row)
    return render(request, "imports/page.html", _context(request, row))


@require_POST
def run(request: HttpRequest, import_id: int) -> HttpResponse:
    """Go on with an import that stopped."""
    row = find(request, import_id)
    require(can_import(who(request), row.unit))
    tasks.run.enqueue(row.pk)
    messages.success(request, _("The import goes on in a moment."))
    return redirect("imports_page", row.pk)


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, import_id: int) -> HttpResponse:
    """Ask, then take an import's rows out of the table."""
    row = find(request, import_id)
    require(can_import(who(request), row.unit))
    context: dict[str, Any] = {"row": row, "table": TABLES[row.table]}
    if request.method == "POST":
        try:
            removed = undo_import(whole=row, by=who(request), at=timezone.now())
        except CannotUndo as error:
            return render(request, "imports/undo.html", {**context, "refusal": str(error)}, status=422)
        if row.state == ImportState.UNDONE:
            messages.info(request, _("This import was undone before; nothing is left to remove."))
        else:
            messages.success(request, _("Undone: %s rows left the table.") % f"{removed:,}")
        return redirect("imports_page", row.pk)
    if not (verdict := can_undo(row)):
        context["refusal"] = verdict.reason
    return render(request, "imports/undo.html", context)


@require_POST
def keep(request: HttpRequest, import_id: int) -> HttpResponse:
    """Keep the import's mapping under a name."""
    row = find(request, import_id)
    require(can_import(who(request), row.unit))
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A name of at most 80 characters is needed."))
        return redirect("imports_page", row.pk)
    save_mapping(
        unit=row.unit,
        name=form.cleaned_data["name"],
        mapping=mapping_of(row.mapping),
        by=who(request),
        at=timezone.now(),
    )
    messages.success(request, _("The mapping is kept; it is offered for the next file."))
    return redirect("imports_page", row.pk)


def _progress(request: HttpRequest, row: Import) -> HttpResponse:
    busy = showing.is_under_way(row)
    context = {"row": row, "is_busy": busy, "is_waiting_long": showing.waits_long(row, timezone.now())}
    if busy:
        context["progress"] = showing.progress_of(row)
    response = render(request, "imports/page.html#progress", context)
    if not busy:
        response["HX-Refresh"] = "true"
    return response


def _context(request: HttpRequest, row: Import) -> dict[str, Any]:
    language = get_language() or "zh-hant"
    busy = showing.is_under_way(row)
    return {
        "row": row,
        "table": TABLES[row.table],
        "tone": showing.tone_of(row),
        "is_busy": busy,
        "is_repeat": request.GET.get("again") == "1",
        "is_waiting_long": showing.waits_long(row, timezone.now()),
        "progress": showing.progress_of(row) if busy else None,
        "is_stopped": row.state in showing.UNDER_WAY and not busy,
        "error": row.error_text(language),
        "notes": row.note_texts(language),
        "may_undo": bool(can_undo(row) and can_import(who(request), row.unit)),
        "again_url": _again(request, row),
        "reasons": _reasons(request, row, language),
        "figures_url": showing.figures_address(row),
        "file_url": _file(request, row),
        "size": readable_size(row.size),
        "found_text": showing.found_text(row.found),
        "yaml": write_mapping(mapping_of(row.mapping)),
        "history": _history(request, row),
    }


def _file(request: HttpRequest, row: Import) -> str:
    """The address of the file, where there is one that the person sees and that is still kept."""
    if row.file is None or row.file.gone_at is not None:
        return ""
    seen = files_visible_to(who(request)).filter(pk=row.file.pk).exists()
    return reverse("files_content", args=[row.file.pk]) if seen else ""


def _again(request: HttpRequest, row: Import) -> str:
    """Back to the mapping with this file."""
    if row.file is None or not _file(request, row):
        return ""
    try:
        return f"{reverse('imports_mapping', args=[row.file.pk])}?m={packed(row.mapping)}"
    except DraftTooLong:
        return ""


def _reasons(request: HttpRequest, row: Import, language: str) -> list[tuple[str, int]]:
    """The commonest reasons of the rows that are still open: by kind and column, with an example each."""
    if not row.left_out:
        return []
    open_rows = quarantine_visible_to(who(request)).filter(import_row=row, state=RowState.OPEN)
    counts: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], str] = {}
    for problems in open_rows.values_list("problems", flat=True):
        for problem in problems:
            kind = (problem["code"], problem.get("column", ""))
            counts[kind] += 1
            example.setdefault(kind, Problem(**problem).say(row.table, language))
    return [(example[kind], count) for kind, count in counts.most_common(REASONS_SHOWN)]


def _history(request: HttpRequest, row: Import) -> list[dict[str, Any]]:
    """What happened with the import, newest first, in sentences."""
    events = page(found(subject=Ref("import", row.pk)), rows=EVENTS_SHOWN).events
    people = resolve_all(who(request), {Ref("person", event.by) for event in events if event.by})
    told = []
    for event in events:
        actor = people.get(Ref("person", event.by)) if event.by else None
        by = actor.title if actor else f"person:{event.by}" if event.by else _("the system")
        names = {"by": by, "subject": row.name}
        told.append({"at": event.at, "sentence": sentence_of(event, names)})
    return told
