"""Making and arranging one's own boards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from remit.metrics.actions.board import (
    BoardFull,
    BoardUnclear,
    add_tile,
    arrange_tiles,
    change_board,
    change_tile,
    make_board,
    remove_board,
    remove_tile,
)
from remit.metrics.engine.errors import UnreadableCondition
from remit.metrics.enums import TileSize
from remit.metrics.models import Board, Tile
from remit.metrics.queries.boards import tiles_of, tiles_visible_to
from remit.metrics.rules import boards_visible_to, can_edit_board
from remit.metrics.saved import is_journey

from ..doing import done
from ..figures.asked import Asked
from ..figures.naming import asked_words, journey_url, saved_words
from ..figures.sharing import SharingForm
from ..figures.sight import Sight
from ..ids import ids_in
from ..who import who
from .composing import copied, of_rows
from .forms import NewBoardForm, NewTileForm, TileForm
from .plans import PLANS
from .tiles import answered
from .views import filters_of, find_board


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a board, empty or as a copy of a shipped one (``?from=code``)."""
    origin = request.GET.get("from", "")
    initial = {"origin": origin, "title": _("My board")} if origin in PLANS else {}
    form = NewBoardForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        plan = PLANS.get(form.cleaned_data["origin"])
        try:
            made = make_board(
                title=form.cleaned_data["title"],
                origin=plan.code if plan else "",
                tiles=copied(plan) if plan else (),
                by=who(request),
                at=timezone.now(),
            )
        except (BoardUnclear, BoardFull) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The board is yours: arrange it as you like."))
            return redirect("boards_edit", made.pk)
    return render(request, "boards/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, board_id: int) -> HttpResponse:
    """Rename, share and arrange one's own board."""
    found = find_board(request, board_id)
    verdict = can_edit_board(who(request), found)
    if not verdict:
        return _refused(request, verdict.reason, found)
    form = SharingForm(request.POST or None, person=who(request), held=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_board(board=found, by=who(request), at=timezone.now(), **form.kept())
        except BoardUnclear as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("boards_edit", found.pk)
    sight = Sight.of(request)
    filters = filters_of(request, sight)
    tiles = of_rows(tiles_of(found), filters, sight)
    context = {
        "form": form,
        "board": found,
        "answers": answered(tiles, [], sight),
        "sizes": TileSize.choices,
        "order_url": reverse("boards_order", args=[found.pk]),
    }
    return render(request, "boards/edit.html", context, status=422 if form.errors else 200)


@require_POST
def removal(request: HttpRequest, board_id: int) -> HttpResponse:
    """Remove one's own board."""
    found = find_board(request, board_id)
    verdict = can_edit_board(who(request), found)
    if not verdict:
        return _refused(request, verdict.reason, found)
    remove_board(board=found, by=who(request), at=timezone.now())
    messages.success(request, _("The board was removed."))
    return redirect("boards_home")


@require_POST
def order(request: HttpRequest, board_id: int) -> HttpResponse:
    """The order after a drag: ids of tiles, separated by commas."""
    found = find_board(request, board_id)
    verdict = can_edit_board(who(request), found)
    if not verdict:
        return JsonResponse({"error": verdict.reason}, status=403)
    ids = ids_in(request.POST.get("order", "").split(","))
    arrange_tiles(board=found, order=ids, by=who(request), at=timezone.now())
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def tile_new(request: HttpRequest) -> HttpResponse:
    """Put the question of the address on a board."""
    sight = Sight.of(request)
    asked = _asked(request)
    if asked is None or not asked.metrics:
        return redirect("figures_explorer")
    person = who(request)
    own = list(boards_visible_to(person).filter(owner=person).order_by("title", "pk"))
    initial = {"kind": kind_of(asked), "board": request.GET.get("board", "")}
    initial["size"] = TileSize.SMALL if initial["kind"] == "number" else TileSize.MEDIUM
    form = NewTileForm(request.POST or None, boards=own, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = put_on_board(request, form, asked.saved(), own)
        if made:
            messages.success(request, _("The tile is on the board."))
            return redirect("boards_board", made.pk)
    context = {
        "form": form,
        "named": asked_words(asked, sight.metrics),
        "back": f"{reverse('figures_explorer')}?{asked.query()}",
        "submit": _("Put it there"),
    }
    return render(request, "boards/tile_form.html", context, status=422 if form.errors else 200)


def kind_of(asked: Asked) -> str:
    """How a question is best drawn on a board."""
    if not asked.by:
        return "number"
    if asked.chart in ("line", "bar", "heat", "table"):
        return asked.chart
    if asked.time:
        return "line"
    return "heat" if len(asked.by) == 2 else "bar"


def put_on_board(
    request: HttpRequest, form: NewTileForm, question: dict[str, Any], own: list[Board]
) -> Board | None:
    """Put a question on the board of a valid form, perhaps a new one; say in the form why it cannot be."""
    data = dict(form.cleaned_data)
    chosen = data.pop("board")
    at = timezone.now()
    try:
        found = next((board for board in own if str(board.pk) == chosen), None)
        held = found or make_board(title=_("My board"), by=who(request), at=at)
        add_tile(board=held, question=question, by=who(request), at=at, **data)
    except (BoardUnclear, BoardFull) as error:
        form.add_error(None, str(error))
        return None
    return held


@require_http_methods(["GET", "POST"])
def tile(request: HttpRequest, tile_id: int) -> HttpResponse:
    """Change a tile; a question in the address takes the place of its own."""
    found = _find_tile(request, tile_id)
    verdict = can_edit_board(who(request), found.board)
    if not verdict:
        return _refused(request, verdict.reason, found.board)
    given = _asked(request)
    question = given.saved() if given and given.metrics else found.question
    sight = Sight.of(request)
    form = TileForm(
        request.POST or None, initial={"title": found.title, "kind": found.kind, "size": found.size}
    )
    if request.method == "POST" and done(
        request, form, change_tile, BoardUnclear, said=_("Saved."), tile=found, question=question
    ):
        return redirect("boards_edit", found.board_id)
    context = {
        "form": form,
        "tile": found,
        "named": saved_words(question, sight.metrics),
        "back": reverse("boards_edit", args=[found.board_id]),
        "explore": journey_url(question, sight)
        if is_journey(question)
        else f"{reverse('figures_explorer')}?{Asked.from_saved(question).query()}&tile={found.pk}",
        "submit": _("Save"),
    }
    return render(request, "boards/tile_form.html", context, status=422 if form.errors else 200)


@require_POST
def tile_place(request: HttpRequest, tile_id: int) -> HttpResponse:
    """Move a tile one place (``earlier``, ``later``) or give it another size, without dragging."""
    found = _find_tile(request, tile_id)
    verdict = can_edit_board(who(request), found.board)
    if not verdict:
        return _refused(request, verdict.reason, found.board)
    by, at = who(request), timezone.now()
    size = request.POST.get("size", "")
    if size in TileSize.values:
        change_tile(
            tile=found, kind=found.kind, size=size, title=found.title, question=found.question, by=by, at=at
        )
    else:
        ids = list(tiles_of(found.board).values_list("pk", flat=True))
        arrange_tiles(board=found.board, order=moved(ids, found.pk, request.POST.get("to", "")), by=by, at=at)
    return redirect(f"{reverse('boards_edit', args=[found.board_id])}#tile-{found.pk}")


def moved(ids: list[int], one: int, to: str) -> list[int]:
    """The ids with one of them a place earlier or later; at the end it stays."""
    place = ids.index(one)
    other = place + {"earlier": -1, "later": 1}.get(to, 0)
    if 0 <= other < len(ids):
        ids[place], ids[other] = ids[other], ids[place]
    return ids


@require_POST
def tile_removal(request: HttpRequest, tile_id: int) -> HttpResponse:
    """Take a tile off its board."""
    found = _find_tile(request, tile_id)
    verdict = can_edit_board(who(request), found.board)
    if not verdict:
        return _refused(request, verdict.reason, found.board)
    remove_tile(tile=found, by=who(request), at=timezone.now())
    messages.success(request, _("The tile was taken off."))
    return redirect("boards_edit", found.board_id)


def _asked(request: HttpRequest) -> Asked | None:
    try:
        return Asked.from_query(request.GET)
    except UnreadableCondition:
        return None


def _find_tile(request: HttpRequest, tile_id: int) -> Tile:
    return get_object_or_404(tiles_visible_to(who(request)).select_related("board"), pk=tile_id)


def _refused(request: HttpRequest, reason: str, board: Board) -> HttpResponse:
    context: dict[str, Any] = {"reason": reason, "board": board}
    return render(request, "boards/refused.html", context, status=403)
