"""Tiles of a board, answered together: whatever a board shows, its figures come from one ``ask``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from remit.core.period import UnreadablePeriod
from remit.metrics.catalog.spec import Metric
from remit.metrics.engine.answer import Answer, AnswerColumn
from remit.metrics.engine.question import Question
from remit.metrics.models import Target
from remit.metrics.queries import ask

from ..charts import Chart
from ..figures.asked import Asked
from ..figures.explored import Block, Explored, explored, questions_of
from ..figures.refusals import REFUSALS, Refusal, refusal_of
from ..figures.sight import Sight
from ..figures.targeted import Progress, progress, progress_of, questions_of_targets
from ..journeys.asked import AskedJourney
from ..journeys.tile import Told, told

SPARK = "last 13 weeks"
MOST_TILE_ROWS = 12
MOST_TILE_BARS = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tile to be answered: a row's, or one of a shipped board. ``key`` tells tiles apart in the page.

    ``journey``: what it asks about journeys; ``asked`` then has its unit and period only.
    """

    key: str
    kind: str
    size: str
    title: str
    asked: Asked
    journey: AskedJourney | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A tile with its answer, or with the reason why there is none."""

    wanted: Wanted
    found: Explored | None
    spark: Chart | None = None
    refusal: Refusal | None = None
    told: Told | None = None

    @property
    def explore(self) -> str:
        """The query string that opens the tile's question in the explorer."""
        return self.wanted.asked.query()

    @property
    def drawn(self) -> list[tuple[Block, Chart | None]]:
        """What a tile draws of its first metric: one chart, or one per currency, since none says two."""
        if self.found is None or not self.found.blocks:
            return []
        first = self.found.blocks[0].column.name
        return [(b, self._chart(b)) for b in self.found.blocks if b.column.name == first]

    @property
    def is_parted(self) -> bool:
        """Whether it shows several currencies, one below the other, and needs room for them."""
        return self.wanted.kind != "number" and len(self.drawn) > 1

    def _chart(self, block: Block) -> Chart | None:
        """Several metrics of one unit and currency over time are drawn together."""
        if self.found is None or block.chart is None:
            return None
        if block.chart.kind == "bar":
            return _shortened(block.chart)
        alike = [
            b
            for b in self.found.blocks
            if (b.column.unit, b.currency, b.booked) == (block.column.unit, block.currency, block.booked)
        ]
        charts = [one.chart for one in alike if one.chart is not None]
        if len(charts) < 2 or len(self.wanted.asked.by) != 1:
            return block.chart
        return replace(block.chart, series=[series for chart in charts for series in chart.series])

    @property
    def _columns(self) -> list[AnswerColumn]:
        """The columns of a table tile: the change says enough of what was before."""
        return [column for column in self.found.columns if column.kind != "before"] if self.found else []

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """The titles of a table tile."""
        return self.found.heads(self._columns) if self.found else []

    @property
    def lines(self) -> list[list[tuple[str, bool]]]:
        """The rows of a table tile: of several currencies each has its share of the room."""
        return self.found.lines(MOST_TILE_ROWS, self._columns, shared=True) if self.found else []

    @property
    def under(self) -> str:
        """What stands below a big number: what it is compared with, else its period."""
        if self.found is None or not self.found.blocks:
            return ""
        block = self.found.blocks[0]
        if block.change is not None:
            return _("on %s") % block.compared
        return self.found.period


def _shortened(chart: Chart) -> Chart:
    """The biggest bars only, so that each of them has its label."""
    series = [replace(one, values=one.values[:MOST_TILE_BARS]) for one in chart.series]
    return replace(chart, labels=chart.labels[:MOST_TILE_BARS], series=series)


@dataclass(frozen=True, slots=True)
class _Part:
    """The questions of one tile: the main ones, and the trend behind a big number."""

    main: list[Question]
    trend: list[Question]


def narrowed(asked: Asked, unit: str | None, fallback: str, period: str) -> Asked:
    """The tile's question under the filters of its board: what was chosen wins over the tile's own.

    ``unit`` None: nothing was chosen, so a tile without a unit of its own takes ``fallback``.
    """
    chosen = asked.unit or fallback if unit is None else unit
    return replace(asked, unit=chosen, period=period or asked.period)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that a board shows."""

    tiles: list[Shown]
    targets: list[Progress]

    @property
    def fresh(self) -> date | None:
        """The freshest day of all data on the board."""
        days = [tile.found.answer.last_day for tile in self.tiles if tile.found]
        return max((day for day in days if day), default=None)

    @property
    def silent(self) -> list[str]:
        """Companies that are missing from figures of the board, each sentence once."""
        return list(dict.fromkeys(note for tile in self.tiles if tile.found for note in tile.found.silent))

    @property
    def notes(self) -> list[str]:
        """What a reader has to know besides, each sentence once."""
        found = [note for tile in self.tiles if tile.found for note in tile.found.notes]
        return [note for note in dict.fromkeys(found) if note not in self.silent]


def answered(tiles: Sequence[Wanted], targets: Sequence[Target], sight: Sight) -> Board:
    """Answer all tiles and targets; those about metrics and the targets in one go."""
    board = _of_metrics([tile for tile in tiles if tile.journey is None], targets, sight)
    shown = iter(board.tiles)
    return replace(
        board, tiles=[_told(tile, tile.journey, sight) if tile.journey else next(shown) for tile in tiles]
    )


def _told(tile: Wanted, journey: AskedJourney, sight: Sight) -> Shown:
    try:
        return Shown(tile, None, told=told(journey, tile.kind, sight))
    except (*REFUSALS, UnreadablePeriod) as error:
        return Shown(tile, None, refusal=refusal_of(error))


def _of_metrics(tiles: Sequence[Wanted], targets: Sequence[Target], sight: Sight) -> Board:
    """In as few scans as possible; where one of them cannot be asked, the others still are."""
    metrics = sight.metrics
    parts = [_part(tile, sight) for tile in tiles]
    questions = [question for part in parts if isinstance(part, _Part) for question in part.main + part.trend]
    known = [target for target in targets if target.metric in metrics]
    try:
        found = ask(*questions, *questions_of_targets(known, sight))
    except REFUSALS:
        alone = [_alone(tile, part, metrics) for tile, part in zip(tiles, parts, strict=True)]
        return Board(alone, progress(known, sight))
    answers = iter(found)
    shown = [_shown(tile, part, answers, metrics) for tile, part in zip(tiles, parts, strict=True)]
    return Board(shown, [progress_of(target, sight, next(answers)) for target in known])


def _part(tile: Wanted, sight: Sight) -> "_Part | Refusal":
    try:
        main = questions_of(drawn(tile), sight)
        trend = []
        if tile.kind == "number":
            bare = replace(tile.asked, by=("week",), period=_trend_period(tile.asked), compare="")
            trend = [bare.question(sight.scope, sight.within(bare.unit), order=("week",))]
        return _Part(main, trend)
    except (*REFUSALS, UnreadablePeriod) as error:
        return refusal_of(error)


def _trend_period(asked: Asked) -> str:
    """The trend behind a number covers more than the number itself, up to the same freshest day."""
    return SPARK if asked.period.startswith("last ") else asked.period


def drawn(tile: Wanted) -> Asked:
    """The question as this kind of tile asks it."""
    if tile.kind == "number":
        return replace(tile.asked, by=(), chart="")
    return replace(tile.asked, chart=tile.kind)


def _alone(tile: Wanted, part: "_Part | Refusal", metrics: Mapping[str, Metric]) -> Shown:
    if isinstance(part, Refusal):
        return Shown(tile, None, refusal=part)
    try:
        return _shown(tile, part, iter(ask(*part.main, *part.trend)), metrics)
    except REFUSALS as error:
        return Shown(tile, None, refusal=refusal_of(error))


def _shown(tile: Wanted, part: "_Part | Refusal", answers: Any, metrics: Mapping[str, Metric]) -> Shown:
    if isinstance(part, Refusal):
        return Shown(tile, None, refusal=part)
    main: list[Answer] = [next(answers) for _question in part.main]
    trend: list[Answer] = [next(answers) for _question in part.trend]
    found = explored(drawn(tile), main, metrics)
    whole = len(found.blocks) == len(tile.asked.metrics)
    return Shown(tile, found, spark=_spark(tile, trend, metrics) if trend and whole else None)


def _spark(tile: Wanted, trend: list[Answer], metrics: Mapping[str, Metric]) -> Chart | None:
    """The trend; not where the figures fall apart by currency, since one line would hide the others."""
    bare = replace(tile.asked, by=("week",), compare="")
    found = explored(bare, [trend[0], trend[0]], metrics)
    chart = found.blocks[0].chart if len(found.blocks) == 1 else None
    return None if chart is None or chart.is_empty else replace(chart, kind="area")
