"""The statement that gathers an experiment's moments: people with their variant, one pass per fact table over
their rows, cut, sums and products. Pure; names are of contracts or made here, texts are quoted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from remit.kernels.experiments.assigning import DIGITS, PLACES, Condition, Definition
from remit.kernels.experiments.comparing import Measured
from remit.lake.duck import named, quoted
from remit.lake.tables import TABLES

from .per_person import WHEN, Leaf, PersonMeasure

ATTRIBUTES = ("age_group", "area", "income", "household", "home_ownership", "marital", "kids")
FOREVER = "DATE '9999-12-31'"
WHOLE_SQL = "WITH {parts} SELECT {select} FROM {source} GROUP BY variant"
DONE = "done AS (SELECT variant{values} FROM people {joins})"
MOST = "most AS (SELECT {limits} FROM done)"
KEPT = "kept AS (SELECT done.* REPLACE ({least}) FROM done, most)"
ASSIGNED = """SELECT id, CASE {ends} END AS variant, DATE '{on}' AS entered
    FROM (SELECT id, {here} AS here FROM customers WHERE {tests})"""
ENROLLED = """SELECT id, variant, entered FROM enrolled JOIN customers ON code = person WHERE {tests}"""
OF_TABLE = """of_{table} AS (SELECT people.id, {lines} FROM people JOIN (
    SELECT *, {day} AS day, DATE '{first}' AS past_until FROM {source} WHERE {tests}
) fact ON fact.customer_id = people.id GROUP BY people.id)"""


@dataclass(frozen=True, slots=True)
class Days:
    """From ``first`` (or, if later, the day on which somebody entered) to ``last``; the past: as many days
    before ``first``, not used where ``has_past`` is false."""

    first: date
    last: date
    has_past: bool = True

    @property
    def past_on(self) -> date:
        return self.first - (self.last - self.first) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Company:
    """Whose facts: its id in the lake, and the currency of its books."""

    id: int
    currency: str


def measured_as(place: int, measure: PersonMeasure, *, has_past: bool) -> Measured:
    """The columns of the metric at a place."""
    top, bottom = f"m{place}_top", f"m{place}_bottom" if measure.bottom else None
    if not has_past:
        return Measured(top, bottom)
    return Measured(top, bottom, f"{top}_past", f"{bottom}_past" if bottom else None)


def statement(
    definition: Definition,
    measures: Sequence[PersonMeasure],
    names: Sequence[Measured],
    days: Days,
    company: Company,
    is_enrolled: bool,
    cap: float | None,
) -> str:
    """People with their variant; one pass per fact table over their rows; cut; sums and products."""
    columns: dict[str, tuple[PersonMeasure, str]] = {}
    by_table: dict[str, list[str]] = {}
    for one, name in zip(measures, names, strict=True):
        for column, leaves in ((name.top, one.top), (name.bottom, one.bottom)):
            if column is None:
                continue
            for past in ("", "_past") if days.has_past else ("",):
                columns[column + past] = (one, _added(column + past, leaves, by_table))
    people = _enrolled(definition, company) if is_enrolled else _assigned(definition, company, days.first)
    parts = [f"people AS ({people})"]
    parts += [_of_table(table, lines, days, company) for table, lines in by_table.items()]
    joins = " ".join(f"LEFT JOIN of_{table} USING (id)" for table in by_table)
    values = ", ".join(f"({sql})::DOUBLE AS {column}" for column, (_one, sql) in columns.items())
    parts.append(DONE.format(values=", " + values, joins=joins))
    cut = [column for column, (one, _sql) in columns.items() if cap and one.is_amount]
    limits = ", ".join(f"quantile_cont({c}, {cap!r} / 100) FILTER ({c} > 0) AS {c}_most" for c in cut)
    if cut:
        parts.append(MOST.format(limits=limits))
        least = ", ".join(f"least({c}, coalesce({c}_most, {c})) AS {c}" for c in cut)
        parts.append(KEPT.format(least=least))
    sums = [f"sum({column})" for column in columns_of(names)]
    products = [f"sum({one} * {other})" for one, other in pairs_of(names)]
    select = ", ".join(["variant", "count(*)", *sums, *products])
    return WHOLE_SQL.format(parts=", ".join(parts), select=select, source="kept" if cut else "done")


def _assigned(definition: Definition, company: Company, on: date) -> str:
    """Customers of the company as they were on the first day, by the rule of ``kernels`` in SQL."""
    tests = [f"unit_id = {company.id}", f"valid_from <= DATE '{on}'", f"valid_to > DATE '{on}'"]
    tests += [_condition(one) for one in definition.conditions]
    tests.append(f"{_place(definition.layer + ':holdout')} >= {definition.holdout} / 10000")
    layer = _place(definition.layer)
    tests += [f"{layer} >= {definition.start} / 10000", f"{layer} < {definition.end} / 10000"]
    pairs = zip(definition.variants, definition.bounds, strict=True)
    ends = " ".join(f"WHEN here < {end!r}::DOUBLE THEN {quoted(one.code)}" for one, end in pairs)
    return ASSIGNED.format(ends=ends, on=on, here=_place(definition.salt), tests=" AND ".join(tests))


def _enrolled(definition: Definition, company: Company) -> str:
    tests = [f"unit_id = {company.id}", f"valid_to = {FOREVER}"]
    tests += [_condition(one) for one in definition.conditions]
    return ENROLLED.format(tests=" AND ".join(tests))


def _place(salt: str) -> str:
    return f"('0x' || substr(sha256({quoted(salt + ':')} || code), 1, {DIGITS}))::BIGINT / {PLACES}.0::DOUBLE"


def _condition(one: Condition) -> str:
    listed = ", ".join(map(quoted, one.values)) or "NULL"
    test = f"coalesce(coalesce({named(one.attribute)}, '') IN ({listed}), false)"
    return f"NOT {test}" if one.excludes else test


def _added(column: str, leaves: Sequence[tuple[int, Leaf]], by_table: dict[str, list[str]]) -> str:
    """The sum of a column's leaves; each is a line of its table's pass."""
    when = "day < past_until" if column.endswith("_past") else "day >= entered"
    terms = []
    for number, (sign, leaf) in enumerate(leaves):
        alias = f"{column}_{number}"
        by_table.setdefault(leaf.table, []).append(f"{leaf.sql.replace(WHEN, when)} AS {alias}")
        terms.append(f"{'+' if sign > 0 else '-'} coalesce({alias}, 0)")
    return " ".join(terms)


def _of_table(table: str, lines: Sequence[str], days: Days, company: Company) -> str:
    day, first = TABLES[table].day, days.past_on if days.has_past else days.first
    tests = [f"unit_id = {company.id}", f"{day} BETWEEN DATE '{first}' AND DATE '{days.last}'"]
    if "currency" in TABLES[table].by_name:
        tests.append(f"currency = {quoted(company.currency)}")
    return OF_TABLE.format(
        table=table, lines=", ".join(lines), day=day, first=days.first, source=named(table),
        tests=" AND ".join(tests),
    )  # fmt: skip


def columns_of(names: Sequence[Measured]) -> tuple[str, ...]:
    """The columns in the order of their sums."""
    return tuple(dict.fromkeys(column for measured in names for column in measured.columns))


def pairs_of(names: Sequence[Measured]) -> list[tuple[str, str]]:
    """Products that the statistics need: within one metric."""
    found = [
        (one, other)
        for measured in names
        for place, one in enumerate(measured.columns)
        for other in measured.columns[place:]
    ]
    return list(dict.fromkeys(found))
