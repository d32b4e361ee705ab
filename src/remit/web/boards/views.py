"""Boards as they are read: the one of one's position, the shipped ones, one's own and shared ones."""

import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.core.ref import Ref
from remit.duties.actions.sighting import see
from remit.duties.naming import LOOKED_AT
from remit.metrics.models import Board as BoardRow
from remit.metrics.queries.alerts import alerts_of
from remit.metrics.queries.boards import tiles_of
from remit.metrics.rules import boards_visible_to, can_edit_board, targets_visible_to

from ..figures import choices
from ..figures.customers import first_unit
from ..figures.sharing import audience_words
from ..figures.sight import Sight
from ..viewer import viewer_of
from ..who import who
from .composing import PACE, Filters, of_plan, of_rows, plan_of, plan_title
from .plans import PLANS, BoardPlan
from .tiles import Wanted, answered

MOST_TARGETS = 6


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The board of one's position, with one's own targets and what speaks up."""
    return _plan_page(request, plan_of(who(request)), is_home=True)


@require_GET
def shipped(request: HttpRequest, code: str) -> HttpResponse:
    """A board that ships, with the figures of one's own scope."""
    if code not in PLANS:
        raise Http404
    return _plan_page(request, PLANS[code], is_home=False)


@require_GET
def board(request: HttpRequest, board_id: int) -> HttpResponse:
    """One's own board, or one that is shared."""
    found = find_board(request, board_id)
    # a duty may ask that this board is looked at: then it is offered as done
    see(person=who(request), thing=Ref("board", found.pk), event=LOOKED_AT, at=timezone.now())
    sight = Sight.of(request)
    filters = filters_of(request, sight)
    tiles = of_rows(tiles_of(found), filters, sight)
    context = {
        "heading": found.title,
        "lead": _sharing_words(request, found),
        "board": found,
        "may_edit": bool(can_edit_board(who(request), found)),
        "is_home": False,
    }
    return _page(request, sight, filters, tiles, f"board-{found.pk}", context)


def _sharing_words(request: HttpRequest, board: BoardRow) -> str:
    if board.owner_id != who(request).pk:
        return _("Shared by %s") % board.owner.title(get_language() or "")
    audience = audience_words(board)
    return _("Shared with %s") % audience if audience else ""


def find_board(request: HttpRequest, board_id: int) -> BoardRow:
    """A board that the person may see."""
    return get_object_or_404(
        boards_visible_to(who(request)).select_related("owner", "shared_with"), pk=board_id
    )


def filters_of(request: HttpRequest, sight: Sight) -> Filters:
    """The filters of a board's page; a unit that the viewer does not see is treated as none chosen."""
    unit = request.GET.get("unit")
    known = {one.code for one in sight.units} | {""}
    return Filters(
        unit=unit if unit in known else None,
        period=request.GET.get("period", ""),
        fallback="" if unit in known else first_unit(request, sight),
    )


def _plan_page(request: HttpRequest, plan: BoardPlan, *, is_home: bool) -> HttpResponse:
    sight = Sight.of(request)
    filters = filters_of(request, sight)
    viewer = viewer_of(request)
    posts = " · ".join(
        _("%(position)s, %(unit)s") % {"position": position, "unit": unit} for position, unit in viewer.posts
    )
    name = who(request).title(get_language() or "zh-hant")
    context = {
        "heading": plan_title(plan),
        "lead": f"{name} · {posts}" if is_home and posts else plan.lead.say(get_language() or "zh-hant"),
        "plan": plan,
        "is_home": is_home,
    }
    return _page(request, sight, filters, of_plan(plan, filters, sight), f"plan-{plan.code}", context)


def _page(
    request: HttpRequest,
    sight: Sight,
    filters: Filters,
    tiles: list[Wanted],
    key: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The page of a board, or only its tiles where the page has asked for them."""
    pace_key = f"{key}|{sight.scope.key}|{filters}"
    is_fragment = "tiles" in request.GET
    waits = PACE.is_slow(pace_key) and not is_fragment and "now" not in request.GET
    context |= {"tiles": tiles, "waits": waits, "own_query": _own_query(request)}
    if not waits:
        began = time.perf_counter()
        context["answers"] = answered(tiles, _my_targets(sight) if context["is_home"] else [], sight)
        context["speaking"] = _speaking(sight)
        PACE.note(pace_key, time.perf_counter() - began)
    if is_fragment:
        return render(request, "boards/board.html#tiles", context)
    context |= _frame(request, sight, filters)
    return render(request, "boards/board.html", context)


def _own_query(request: HttpRequest) -> str:
    return urlencode(
        [(name, str(value)) for name, value in request.GET.items() if name in ("unit", "period")]
    )


def _my_targets(sight: Sight) -> list[Any]:
    own = targets_visible_to(sight.person).filter(owner=sight.person).select_related("unit", "owner")
    return list(own.order_by("-last", "metric", "pk")[:MOST_TARGETS])


def _speaking(sight: Sight) -> dict[str, Any]:
    """Alerts that speak now, by the metric that they watch."""
    speaking = alerts_of(sight.person).filter(open__gt=0)  # type: ignore[misc]  # alerts_of annotates it
    return {alert.metric: alert for alert in speaking}


def _frame(request: HttpRequest, sight: Sight, filters: Filters) -> dict[str, Any]:
    """Tabs and filters."""
    here = request.path
    suffix = f"?{_own_query(request)}" if _own_query(request) else ""
    own = list(boards_visible_to(who(request)).select_related("owner").order_by("title", "pk"))
    mine = plan_of(who(request))
    tabs: list[tuple[str, tuple[Any, ...], str]] = [("boards_home", (), _("My board"))]
    tabs += [("boards_shipped", (p.code,), plan_title(p)) for p in PLANS.values() if p.code != mine.code]
    tabs += [("boards_board", (row.pk,), row.title) for row in own]
    return {
        "tabs": [
            (f"{reverse(name, args=args)}{suffix}", title, reverse(name, args=args) == here)
            for name, args, title in tabs
        ],
        "units": choices.unit_options(sight, filters.chosen_unit),
        "periods": [
            choices.Option("", _("As each tile says"), not filters.period),
            *_periods(filters.period),
        ],
    }


def _periods(chosen: str) -> list[choices.Option]:
    return (
        choices.period_options(chosen or "last 4 weeks")[:-1]
        if chosen
        else [choices.Option(one.value, one.title) for one in choices.period_options("")[:-1]]
    )
