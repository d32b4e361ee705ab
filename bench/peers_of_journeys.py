"""The same questions in ClickHouse (chdb), on its own sorted table, in the wording that is fastest there."""

from collections.abc import Sequence
from pathlib import Path

from .journey_events import NAMES

THREADS = 2


class ClickHouse:
    """A session with a MergeTree table sorted by person and time, merged into one part.

    ``in_order``: read in the order of the table, which is sometimes faster; the better one is to be beaten.
    """

    def __init__(self, folder: Path, file: Path) -> None:
        from chdb.session import Session

        self.session = Session(str(folder))
        self.session.query("CREATE DATABASE IF NOT EXISTS bench")
        if str(self.session.query("EXISTS bench.events", "CSV")).strip() == "1":
            return
        names = ", ".join(f"'{name}'" for name in NAMES)
        columns = f"person UInt32, time DateTime('UTC'), event Enum8({names})"
        self.session.query(
            f"CREATE TABLE bench.events ({columns}) ENGINE = MergeTree ORDER BY (person, time)"
        )
        self.session.query(
            "INSERT INTO bench.events SELECT person, time, event"
            f" FROM file('{file}', Parquet, 'person UInt32, time DateTime, event String')"
        )
        self.session.query("OPTIMIZE TABLE bench.events FINAL")

    def funnel(self, steps: Sequence[str], window_s: int, *, in_order: bool) -> list[int]:
        """People who reach each step."""
        told = ", ".join(f"event = '{step}'" for step in steps)
        rows = self._rows(
            "SELECT level, count() FROM (SELECT person,"
            f" windowFunnel({window_s})(time, {told}) AS level FROM bench.events GROUP BY person)"
            " GROUP BY level ORDER BY level",
            in_order,
        )
        people = dict(rows)
        return [sum(n for level, n in people.items() if level > step) for step in range(len(steps))]

    def retention(
        self, start: str, back: str, first: str, weeks: int, *, in_order: bool
    ) -> list[tuple[int, ...]]:
        """(cohort, weeks after, people), only where somebody is: one bit a week for each person."""
        week = f"intDiv(toUInt32(time) - toUInt32(toDateTime('{first}', 'UTC')), 604800)"
        inside = f"time >= '{first}' AND {week} < {weeks}"
        return self._rows(
            f"SELECT cohort, after, sum(bitTest(came, cohort + after)) AS people FROM (SELECT person,"
            f" min(if(event = '{start}', {week}, {weeks})) AS cohort,"
            f" groupBitOrIf(bitShiftLeft(toUInt64(1), {week}), event = '{back}') AS came"
            f" FROM bench.events WHERE {inside} GROUP BY person HAVING cohort < {weeks})"
            f" ARRAY JOIN range(toUInt32({weeks} - cohort)) AS after GROUP BY cohort, after"
            " HAVING people > 0 ORDER BY cohort, after",
            in_order,
        )

    def _rows(self, sql: str, in_order: bool) -> list[tuple[int, ...]]:
        settings = f"max_threads = {THREADS}, optimize_aggregation_in_order = {int(in_order)}"
        said = str(self.session.query(f"{sql} SETTINGS {settings}", "CSV"))
        return [tuple(map(int, line.split(","))) for line in said.splitlines()]
