"""From a handed-in file to a started import: choose the table, look at the first rows, start."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from remit.files.queries import FileGone, path_of_file
from remit.lake import tasks
from remit.lake.actions import KeepsNoBooks, save_mapping, start_import
from remit.lake.queries.files import preview_file
from remit.lake.reading.fitting import check
from remit.lake.reading.mapping import mapping_of
from remit.lake.reading.preview import ROWS_READ
from remit.lake.reading.refusal import Refusal
from remit.lake.rules import templates_visible_to
from remit.lake.tables import TABLES

from ..who import who
from . import showing
from .draft import packed
from .looking import Look, candidates, look
from .previewing import shown
from .stepping import Handed, context_of, draft_in, handed_in, headed, said


@require_GET
def table(request: HttpRequest, file_id: int) -> HttpResponse:
    """Which table the file is for: the likeliest first, and the mappings that were kept."""
    handed = handed_in(request, file_id)
    context = context_of(request, handed, "table")
    try:
        seen = look(handed.file, "order_lines")
    except (Refusal, FileGone) as error:
        return render(request, "imports/table.html", {**context, "refusal": said(error)}, status=422)
    address = reverse("imports_mapping", args=[file_id])
    choices = [(f"{address}?table={one.table.name}", one) for one in candidates(seen.samples)]
    context |= {"look": seen, "choices": choices, "templates": _templates(request, handed, seen)}
    context["description"] = showing.found_text(seen.found)
    return render(request, "imports/table.html", context)


@require_GET
def preview(request: HttpRequest, file_id: int) -> HttpResponse:
    """The first rows as they would load, with what is wrong marked in place."""
    handed = handed_in(request, file_id)
    raw = draft_in(request.GET)
    draft = str(request.GET.get("m", ""))
    contract = TABLES.get(str(raw.get("table", "")))
    if contract is None:
        return redirect("imports_table", file_id)
    context = context_of(request, handed, "preview", contract, draft)
    context |= {"draft": draft, "back": f"{reverse('imports_mapping', args=[file_id])}?m={draft}"}
    try:
        chosen = mapping_of(headed(raw, contract, handed))
        seen = look(handed.file, contract.name, raw)
        found = preview_file(
            path_of_file(handed.file), chosen, handed.unit, by=who(request), at=timezone.now()
        )
    except (Refusal, FileGone) as error:
        return render(request, "imports/preview.html", {**context, "refusal": said(error)}, status=422)
    language = get_language() or "zh-hant"
    context["shown"] = shown(found, chosen, seen.columns, language, ROWS_READ)
    context["notes"] = showing.said(found.notes)
    context["new_codes"] = [(TABLES[name].title, count) for name, count in found.new_codes.items()]
    return render(request, "imports/preview.html", context)


@require_POST
def start(request: HttpRequest, file_id: int) -> HttpResponse:
    """Hand the import to the worker, and keep the mapping under a name when asked to."""
    handed = handed_in(request, file_id)
    raw = draft_in(request.POST)
    contract = TABLES.get(str(raw.get("table", "")))
    if contract is None:
        return redirect("imports_table", file_id)
    by, at = who(request), timezone.now()
    try:
        chosen = mapping_of(headed(raw, contract, handed))
        check(chosen, look(handed.file, contract.name, raw).columns)
        with transaction.atomic():
            started = start_import(mapping=chosen, unit=handed.unit, stored=handed.file, by=by, at=at)
            if started.fresh:
                tasks.run.enqueue(started.row.pk)
            if name := str(request.POST.get("keep_as", "")).strip()[:80]:
                save_mapping(unit=handed.unit, name=name, mapping=chosen, by=by, at=at)
    except (Refusal, FileGone, KeepsNoBooks) as error:
        context = context_of(request, handed, "preview", contract)
        context |= {"refusal": said(error), "back": reverse("imports_table", args=[file_id])}
        return render(request, "imports/preview.html", context, status=422)
    again = "" if started.fresh else "?again=1"
    return redirect(reverse("imports_page", args=[started.row.pk]) + again)


def _templates(request: HttpRequest, handed: Handed, seen: Look) -> list[dict[str, Any]]:
    """The company's kept mappings, those that fit the file first."""
    found = []
    for kept in templates_visible_to(who(request)).filter(unit=handed.unit).order_by("name"):
        reads = {name for rule in mapping_of(kept.mapping).columns.values() for name in rule.reads}
        lacking = sorted(reads - set(seen.columns))
        page = "imports_mapping" if lacking else "imports_preview"
        draft = packed({**kept.mapping, "unit": handed.unit.code})
        found.append(
            {
                "template": kept,
                "table": TABLES[kept.table].title,
                "fits": not lacking,
                "lacking": ", ".join(lacking[:5]),
                "url": f"{reverse(page, args=[handed.file.pk])}?m={draft}",
            }
        )
    return sorted(found, key=lambda each: not each["fits"])
