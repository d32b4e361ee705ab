"""What a board shows of a journey: its number, its drawing or its table, and the way to its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from remit.metrics.queries.journeys import number_of

from ..charts import Chart
from ..figures.sight import Sight
from .answering import Seen
from .asked import AskedJourney
from .shown import Table

MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Told:
    """``share``: the one number, where the kind has one and the tile is to show it."""

    url: str
    finding: str
    share: float | None
    chart: Chart | None
    table: Table | None
    last_at: datetime | None

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The first rows of the table as written."""
        return [[cell.text for cell in row] for row in self.table.rows[:MOST_ROWS]] if self.table else []


def told(asked: AskedJourney, kind: str, sight: Sight) -> Told:
    """A tile of a kind, in the viewer's sight. Raise CannotAnswer, UnknownUnit."""
    seen = Seen.of(sight, asked.unit)
    data = seen.answer(asked)
    shown = seen.drawn(asked, data)
    share = number_of(asked.kind, data) if kind == "number" else None
    drawing = next(iter(shown.drawings), None)
    is_table = kind == "table" or drawing is None
    return Told(
        url=f"{reverse('journeys_ask', args=[asked.kind])}?{asked.query()}",
        finding=shown.finding,
        share=share,
        chart=None if is_table or share is not None or drawing is None else drawing.chart,
        table=next(iter(shown.tables), None) if is_table else None,
        last_at=seen.offer.last_at,
    )
