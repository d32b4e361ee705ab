"""Tiles of boards."""

from django.db.models import QuerySet

from remit.org.models import Person

from ..models import Board, Tile
from ..rules import boards_visible_to


def tiles_of(board: Board) -> QuerySet[Tile]:
    """The tiles of a board in their places."""
    return Tile.objects.filter(board=board).order_by("place", "pk")


def tiles_visible_to(person: Person) -> QuerySet[Tile]:
    """Tiles of the boards that the person sees."""
    return Tile.objects.filter(board__in=boards_visible_to(person))
