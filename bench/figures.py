"""Each shipped metric through the engine beside its hand-written SQL; a board beside its tiles one by one.

Both read the same Parquet files with the same DuckDB settings, and every answer is compared with the SQL's
before it is timed. Answers are not remembered: each round computes anew. The SQL is that of
``tests/metrics/cases``, the first of each metric, written from the metric's meaning.
"""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import yaml

from remit.core.period import parse_period
from remit.core.scope import Scope
from remit.lake.queries import the_lake
from remit.lake.store import Lake
from remit.lake.tables import TABLES
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.ask import answer
from remit.metrics.engine.question import Condition, Question
from remit.org.models import Unit
from remit.web.figures.asked import Asked

from .measure import Pair, interleaved
from .tiles import TILES

CASES = Path(__file__).resolve().parent.parent / "tests/metrics/cases"
CLOSE = Decimal("1e-6")
TOGETHER = 12
SMALL_ROUNDS = 7  # of what stays small at every scale: a median of three of them is chance
GROWN = "order_lines"


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians in seconds. ``grown``: its table is the one that has k times the rows."""

    name: str
    kind: str
    ours_s: float
    theirs_s: float
    grown: bool
    wrong: str = ""


@dataclass(frozen=True)
class Bench:
    """A lake, and the ids of the companies that the cases call 1 and 2."""

    lake: Lake
    journey: int
    tafeng: int

    def scope(self, name: str) -> Scope:
        if name == "east":
            ids = (
                self.connection().execute("SELECT DISTINCT id FROM outlets WHERE region = 'East'").fetchall()
            )
            return Scope(outlets=frozenset(row[0] for row in ids))
        chosen = {"journey": {self.journey}, "tafeng": {self.tafeng}, "both": {self.journey, self.tafeng}}
        return Scope(companies=frozenset(chosen[name]))

    def connection(self) -> duckdb.DuckDBPyConnection:
        """DuckDB on the lake's files, set as the engine sets its own."""
        connection = duckdb.connect()
        connection.execute("SET parquet_metadata_cache = true; SET preserve_insertion_order = false")
        for name in TABLES:
            connection.execute(f"CREATE VIEW {name} AS {self.lake.snapshot(name).sql()}")
        return connection

    def sql(self, text: str) -> str:
        """The case's statement, with this database's ids of the two companies."""
        ids = {"1": str(self.journey), "2": str(self.tafeng)}
        return re.sub(r"\b(unit_id|company_id) = ([12])\b", lambda m: f"{m[1]} = {ids[m[2]]}", text)

    def question(self, metric: str, case: dict[str, Any]) -> Question:
        return Question(
            metrics=(metric,),
            scope=self.scope(case.get("scope", "journey")),
            by=tuple(case.get("by", ())),
            where=tuple(Condition.parse(text) for text in case.get("where", ())),
            period=parse_period(str(case.get("period", ""))),
            currency=case.get("currency"),
        )


def measured(scale: int, rounds: int) -> dict[str, object]:
    """All lines of a scale, as plain data."""
    ids = dict(Unit.objects.filter(code__in=("journey", "tafeng")).values_list("code", "pk"))
    bench = Bench(the_lake(), ids["journey"], ids["tafeng"])
    cases = {path.stem: yaml.safe_load(path.read_text())[0] for path in sorted(CASES.glob("*.yaml"))}
    connection = bench.connection()
    lines = [_metric(bench, connection, name, case, rounds) for name, case in cases.items()]
    lines.append(_together(bench, connection, cases, rounds))
    lines.append(_board(bench, rounds))
    return {"lines": [asdict(line) for line in lines]}


def _metric(
    bench: Bench, connection: duckdb.DuckDBPyConnection, name: str, case: dict[str, Any], rounds: int
) -> Measured:
    question, sql = bench.question(name, case), bench.sql(case["sql"])
    grown = re.search(rf"\b{GROWN}\b", case["sql"]) is not None  # whatever its own table: sales per spend too
    pair = interleaved(
        lambda: answer([question], bench.lake, SHIPPED, remember=False),
        lambda: connection.execute(sql).fetchall(),
        rounds if grown else max(rounds, SMALL_ROUNDS),
    )
    wrong = _difference(bench, connection, question, sql)
    return Measured(name, "metric", pair.ours_s, pair.theirs_s, grown, wrong)


def _difference(bench: Bench, connection: duckdb.DuckDBPyConnection, question: Question, sql: str) -> str:
    """Empty when engine and SQL agree on the sum of the figures and the number of rows."""
    (found,) = answer([question], bench.lake, SHIPPED, remember=False)
    metric = question.metrics[0]
    done = connection.execute(sql)
    place = [column[0] for column in done.description].index(metric)
    theirs = [row[place] for row in done.fetchall()]
    ours = [row[metric] for row in found.dicts()]
    if len(ours) != len(theirs) and any(value is not None for value in (*ours, *theirs)):
        return f"{len(ours)} rows, not {len(theirs)}"
    one, other = _sum(ours), _sum(theirs)
    return "" if abs(one - other) <= CLOSE * max(1, abs(other)) else f"{one}, not {other}"


def _sum(values: list[Any]) -> Decimal:
    return sum((Decimal(str(value)) for value in values if value is not None), Decimal(0))


def _together(
    bench: Bench, connection: duckdb.DuckDBPyConnection, cases: dict[str, Any], rounds: int
) -> Measured:
    """Twelve metrics in one question beside their twelve statements one after the other."""
    alike = [name for name, case in cases.items() if set(case) == {"sql"} and SHIPPED[name].table == GROWN]
    names = tuple(alike[:TOGETHER])
    question = Question(metrics=names, scope=bench.scope("journey"))
    statements = [bench.sql(cases[name]["sql"]) for name in names]

    def one_by_one() -> None:
        for sql in statements:
            connection.execute(sql).fetchall()

    pair = interleaved(lambda: answer([question], bench.lake, SHIPPED, remember=False), one_by_one, rounds)
    return Measured(f"{len(names)} metrics in one question", "board", pair.ours_s, pair.theirs_s, True)


def _board(bench: Bench, rounds: int) -> Measured:
    """Twelve tiles in one go beside the same tiles one after the other."""
    scope = bench.scope("journey")
    questions = [Asked.from_saved(tile["question"]).question(scope, None) for tile in TILES]

    def ask(*asked: Question) -> Callable[[], object]:
        return lambda: answer(list(asked), bench.lake, SHIPPED, remember=False)

    def one_by_one() -> None:
        for question in questions:
            ask(question)()

    pair: Pair = interleaved(ask(*questions), one_by_one, rounds)
    return Measured(f"{len(questions)} tiles in one go", "board", pair.ours_s, pair.theirs_s, True)
