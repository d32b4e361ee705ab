"""What is asked about boards and tiles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from remit.metrics.enums import TileKind, TileSize
from remit.metrics.models import Board

from .composing import plan_title
from .plans import PLANS


class NewBoardForm(forms.Form):
    """A new board, empty or from a shipped one."""

    title = forms.CharField(label=_("Title"), max_length=120)
    origin = forms.ChoiceField(label=_("Start from"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = [(plan.code, plan_title(plan)) for plan in PLANS.values()]
        self.fields["origin"].choices = [("", _("an empty board")), *plans]  # type: ignore[attr-defined]  # ours is a choice


class TileForm(forms.Form):
    """How a question is drawn on a board."""

    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("Empty: named after what it shows.")
    )
    kind = forms.ChoiceField(label=_("Drawn as"), choices=TileKind.choices)
    size = forms.ChoiceField(label=_("Size"), choices=TileSize.choices, initial=TileSize.MEDIUM)


class NewTileForm(TileForm):
    """Besides, on which of one's boards."""

    board = forms.ChoiceField(label=_("Board"))
    field_order = ("board", "title", "kind", "size")

    def __init__(self, *args: Any, boards: list[Board], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(str(board.pk), board.title) for board in boards]
        self.fields["board"].choices = [*options, ("new", _("a new board of mine"))]  # type: ignore[attr-defined]  # ours is a choice
