"""The explorer: any metric by any dimension over any period; its whole state is the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.metrics.engine.answer import Answer
from remit.metrics.engine.errors import UnreadableCondition
from remit.metrics.queries import ask
from remit.metrics.rules import can_edit_question, questions_visible_to

from ..ids import id_in
from ..who import who
from . import choices
from .asked import Asked
from .explored import Explored, explored, questions_of
from .exporting import CSV_TYPE, XLSX_TYPE, Sheet, as_csv, as_xlsx
from .filtering import conditions, filter_dimensions, values_panel
from .refusals import REFUSALS, Refusal, refusal_of
from .sight import Sight
from .targeted import targets_of

FIRST_LOOK = Asked(metrics=("net_sales",), by=("week",), period="last 13 weeks", compare="previous")
EXPORT_ROWS_MAX = 100_000


@require_GET
def explore(request: HttpRequest) -> HttpResponse:
    """The page; ``?export=csv|xlsx`` hands out the same answer as a file."""
    sight = Sight.of(request)
    try:
        asked = Asked.from_query(request.GET)
    except UnreadableCondition as error:
        return _page(request, sight, FIRST_LOOK, None, refusal_of(error))
    if not request.GET:
        asked = FIRST_LOOK
    elif request.GET.get("add_value") or request.GET.get("period") == "custom":
        return redirect(f"{reverse('figures_explorer')}?{asked.query()}{_beside(request)}")
    if request.GET.get("export") in ("csv", "xlsx"):
        return _export(request, sight, asked, request.GET["export"])
    try:
        found = _answered(sight, asked) if asked.metrics else None
    except REFUSALS as error:
        return _page(request, sight, asked, None, refusal_of(error))
    return _page(request, sight, asked, found, None)


def _beside(request: HttpRequest) -> str:
    """What the address holds besides the question: the tile it is for, the values being looked through."""
    names = ("tile",) if request.GET.get("add_value") else ("tile", "pick", "find")
    kept = {name: request.GET[name] for name in names if request.GET.get(name)}
    return f"&{urlencode(kept)}" if kept else ""


def _answered(sight: Sight, asked: Asked) -> Explored:
    answers = ask(*questions_of(asked, sight))
    return explored(asked, answers, sight.metrics, targets_of(asked, sight, answers[0].period))


def _page(
    request: HttpRequest, sight: Sight, asked: Asked, found: Explored | None, refusal: Refusal | None
) -> HttpResponse:
    metrics = sight.metrics
    context: dict[str, Any] = {
        "asked": asked,
        "query": asked.query(),
        "found": found,
        "owners": found.owners if found else {},
        "refusal": refusal,
        "metrics": choices.metric_groups(metrics, asked.metrics),
        "splits": [
            choices.dimension_groups(metrics, asked, asked.by[position] if len(asked.by) > position else "")
            for position in range(2)
        ],
        "periods": choices.period_options(asked.period),
        "custom": _custom_days(asked, found),
        "units": choices.unit_options(sight, asked.unit),
        "currencies": choices.currency_options(sight, asked.currency),
        "comparisons": choices.compare_options(asked.compare),
        "charts": choices.chart_options(asked.chart),
        "conditions": conditions(asked),
        "filter_by": filter_dimensions(),
        "pick": values_panel(request, sight, asked),
        "tile": id_in(request.GET.get("tile", "")) or "",
        "saved": _saved(request),
    }
    return render(request, "figures/explorer.html", context, status=422 if refusal else 200)


def _saved(request: HttpRequest) -> Any:
    """The saved question that was opened, with whether the viewer may remove it."""
    number = id_in(request.GET.get("question", ""))
    if number is None:
        return None
    found = questions_visible_to(who(request)).select_related("owner").filter(pk=number).first()
    return found and {"question": found, "is_own": bool(can_edit_question(who(request), found))}


def _custom_days(asked: Asked, found: Explored | None) -> dict[str, str]:
    """The two days that the form shows: those of the answer, so that a relative period can be narrowed."""
    if found and found.answer.period:
        return {"first": str(found.answer.period.first), "last": str(found.answer.period.last)}
    first, _dots, last = asked.period.partition("..")
    return {"first": first, "last": last} if last else {"first": "", "last": ""}


def _export(request: HttpRequest, sight: Sight, asked: Asked, form: str) -> HttpResponse:
    try:
        main, *_rest = questions_of(asked, sight, limit=EXPORT_ROWS_MAX)
        (answer,) = ask(main)
    except REFUSALS as error:
        return _page(request, sight, asked, None, refusal_of(error))
    return download(
        explored(asked, [answer], sight.metrics).sheet(_("figures")), form, name_of(asked, answer)
    )


def name_of(asked: Asked, answer: Answer) -> str:
    """``net_sales-by-week-2017-12-04-2017-12-31``: a folder of such files can be told apart."""
    days = [str(answer.period.first), str(answer.period.last)] if answer.period else []
    return "-".join([*asked.metrics[:3], *(["by", *asked.by] if asked.by else []), *days])


def download(sheet: Sheet, form: str, name: str) -> HttpResponse:
    """A table as a file to keep; ``name`` without its ending."""
    body, kind = (as_csv(sheet), CSV_TYPE) if form == "csv" else (as_xlsx(sheet), XLSX_TYPE)
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{get_valid_filename(name)[:100]}.{form}"'
    response["Cache-Control"] = "no-store"
    return response
