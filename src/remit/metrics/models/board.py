"""Boards of tiles, each tile a saved question."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import TileKind, TileSize
from .shareable import Shareable


class Board(Shareable):
    """A person's board.

    ``origin`` is the code of the shipped board that it was copied from, or empty.
    """

    title = models.CharField(_("title"), max_length=120)
    origin = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta(Shareable.Meta):
        indexes = [models.Index(fields=["owner"], name="board_by_owner")]

    def __str__(self) -> str:
        return self.title


class Tile(models.Model):
    """``question`` is saved without a scope: it is always the viewer's. ``place`` counts from 0."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="tiles")
    title = models.CharField(_("title"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=TileKind)
    size = models.CharField(_("size"), max_length=10, choices=TileSize, default=TileSize.MEDIUM)
    place = models.PositiveSmallIntegerField()
    question: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["board", "place"], name="tile_by_board")]

    def __str__(self) -> str:
        return self.title
