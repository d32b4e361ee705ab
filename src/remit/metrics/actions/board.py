"""Boards and their tiles: made, arranged, shared, removed. Only the owner's own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Unit

from .. import events
from ..enums import TileKind, TileSize
from ..models import Board, Tile
from ..queries.definitions import catalogue
from ..saved import UnreadableQuestion, read_saved

MOST_TILES = 40


class BoardUnclear(ValueError):
    """A board without a title, or a tile that cannot be drawn; the sentence says why."""


class BoardFull(ValueError):
    """There are as many tiles as a board takes."""


@transaction.atomic
def make_board(
    *,
    title: str,
    by: Person,
    at: datetime,
    origin: str = "",
    tiles: Sequence[Mapping[str, Any]] = (),
) -> Board:
    """Make an own board, empty or with ``tiles`` (kind, size, title, question): a copy of a shipped one."""
    if not (title := title.strip()):
        raise BoardUnclear(_("Give the board a title."))
    board = Board.objects.create(title=title[:120], owner=by, origin=origin, made_at=at, changed_at=at)
    record(events.BOARD_MADE, board, by=by, at=at, fields={"title": board.title, "origin": origin})
    for tile in tiles:
        add_tile(board=board, by=by, at=at, **tile)
    return board


@transaction.atomic
def change_board(
    *, board: Board, title: str, is_shared: bool, by: Person, at: datetime, shared_with: Unit | None = None
) -> Board:
    """Rename and share, with a unit or else with everybody; each sees the figures of their own scope."""
    if not (title := title.strip()):
        raise BoardUnclear(_("Give the board a title."))
    board.title, board.is_shared, board.shared_with = title[:120], is_shared, shared_with
    _touched(board, by, at)
    return board


@transaction.atomic
def remove_board(*, board: Board, by: Person, at: datetime) -> None:
    """Remove a board with its tiles."""
    record(events.BOARD_REMOVED, board, by=by, at=at, fields={"title": board.title})
    Tile.objects.filter(board=board).delete()
    Board.objects.filter(pk=board.pk).delete()


@transaction.atomic
def add_tile(
    *,
    board: Board,
    kind: str,
    question: Mapping[str, Any],
    by: Person,
    at: datetime,
    size: str = TileSize.MEDIUM,
    title: str = "",
) -> Tile:
    """Put a tile at the end. Raise BoardUnclear, BoardFull."""
    place = Tile.objects.filter(board=board).count()
    if place >= MOST_TILES:
        raise BoardFull(_("A board takes %d tiles. Remove one first.") % MOST_TILES)
    tile = Tile.objects.create(board=board, place=place, **_drawn(kind, size, title, question))
    _touched(board, by, at)
    return tile


@transaction.atomic
def change_tile(
    *,
    tile: Tile,
    kind: str,
    size: str,
    title: str,
    question: Mapping[str, Any],
    by: Person,
    at: datetime,
) -> Tile:
    """Ask something else, or draw it otherwise."""
    for name, value in _drawn(kind, size, title, question).items():
        setattr(tile, name, value)
    tile.save()
    _touched(tile.board, by, at)
    return tile


@transaction.atomic
def remove_tile(*, tile: Tile, by: Person, at: datetime) -> None:
    """Take a tile off its board; the others move up."""
    board = tile.board
    Tile.objects.filter(pk=tile.pk).delete()
    arrange_tiles(board=board, order=[], by=by, at=at)


@transaction.atomic
def arrange_tiles(*, board: Board, order: Sequence[int], by: Person, at: datetime) -> None:
    """Put the tiles with these ids first, in this order; the rest keep theirs. Other ids are ignored."""
    tiles = {tile.pk: tile for tile in Tile.objects.filter(board=board).order_by("place", "pk")}
    wanted = [pk for pk in dict.fromkeys(order) if pk in tiles]
    rest = [pk for pk in tiles if pk not in wanted]
    for place, pk in enumerate([*wanted, *rest]):
        tiles[pk].place = place
    Tile.objects.bulk_update(tiles.values(), ["place"])
    _touched(board, by, at)


def _drawn(kind: str, size: str, title: str, question: Mapping[str, Any]) -> dict[str, Any]:
    if kind not in TileKind.values or size not in TileSize.values:
        raise BoardUnclear(_("Choose a kind and a size of the lists."))
    try:
        kept = read_saved(question, catalogue())
    except UnreadableQuestion as error:
        raise BoardUnclear(str(error)) from error
    return {"kind": kind, "size": size, "title": title.strip()[:120], "question": kept}


def _touched(board: Board, by: Person, at: datetime) -> None:
    board.changed_at = at
    board.save(update_fields=["title", "is_shared", "shared_with", "changed_at"])
    tiles = Tile.objects.filter(board=board).count()
    fields = {"title": board.title, "tiles": tiles, **board.audience}
    record(events.BOARD_CHANGED, board, by=by, at=at, fields=fields)
