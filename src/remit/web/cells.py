"""How one cell of a list is written, and what an export carries of it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from remit.core.text import Text

from . import numbers
from .templatetags import figures

if TYPE_CHECKING:
    from .lists import Column

A_LINE = 24  # characters
NUMERIC = frozenset({"number", "count", "money", "share", "ratio", "days", "points"})
KINDS = NUMERIC | {"text", "bar", "code", "badge", "day", "moment", "ago", "yes", "tags"}


@dataclass(frozen=True, slots=True)
class Cell:
    """``label`` is the column's title, shown beside the value where the table becomes rows on a phone.

    ``fill``: how far a bar is drawn.
    """

    text: Any
    kind: str
    label: Any
    href: str = ""
    note: Any = ""
    tone: str = ""
    fill: float | None = None

    @property
    def is_long(self) -> bool:
        """Whether it takes more than a line of a phone: a sentence, not a figure or a name."""
        return any(isinstance(said, str) and len(said) > A_LINE for said in (self.text, self.note))


def shown(column: "Column", row: Any, language: str) -> Cell:
    """The cell of a row as drawn."""
    value = column.read(row)
    return Cell(
        text=_written(column, row, value, language),
        kind="number" if column.kind in NUMERIC else column.kind,
        label=column.title,
        href=column.href(row) if column.href else "",
        note=figures.say(column.note(row)) if column.note else "",
        tone=column.tone(row) if column.tone else "",
        fill=_fill(value) if column.kind == "bar" else None,
    )


def _fill(value: Any) -> float | None:
    """How far a bar is drawn: a share of one, whole beyond it."""
    return None if numbers.is_nothing(value) else min(1.0, max(0.0, float(value)))


def _written(column: "Column", row: Any, value: Any, language: str) -> Any:
    kind = column.kind
    if kind in ("day", "moment", "ago"):
        return getattr(figures, kind)(value)
    if kind == "yes":
        return _("yes") if value else ""
    if kind == "tags":
        return [figures.say(each) for each in value]
    if kind not in NUMERIC and kind != "bar" and value in (None, ""):
        return ""
    if numbers.is_nothing(value):
        return format_html('<span class="nothing" title="{}">{}</span>', _("no data"), numbers.NOTHING)
    if kind == "bar":
        return numbers.percent(value, 0)
    if kind in NUMERIC:
        currency = column.currency(row) if column.currency else ""
        return numbers.figure(value, kind, currency=currency, language=language, brief=False)
    return figures.say(value)


def plain(value: Any) -> Any:
    """The value as a spreadsheet takes it."""
    if isinstance(value, Text):
        return figures.say(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(figures.say(each)) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or isinstance(value, str | int | float | Decimal | date | datetime):
        return value
    return str(figures.say(value))
