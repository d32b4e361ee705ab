"""From the company's own codes to ids of rows in the database, and from the file's clock to business days."""

# ruff: noqa: S608  # names of the contract and values made here

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

import duckdb
import pyarrow as pa

from ..duck import named, quoted
from ..snapshot import Snapshot, duckdb_type
from ..tables import Column
from .expressions import Expression
from .loading import BAD, GOOD
from .times import dated_shifts, day_of, hour_of, local_us, shifts, utc_us
from .vocabulary import Mapping, Rule


class Dimensions(Protocol):
    """Where codes are known. ``ensure`` makes rows for codes, and does nothing where none may be made."""

    def snapshot(self, dimension: str) -> Snapshot: ...

    def ensure(self, dimension: str, codes: Sequence[str]) -> None: ...


def resolve_codes(
    con: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    targets: list[Expression],
    unit_id: int,
    where: Dimensions,
    *,
    pretend: bool = False,
) -> dict[str, int]:
    """Make ``dim_<name>`` for every dimension referred to; leave out rows whose codes stay unknown.

    Return how many codes were new, by dimension.
    """
    new_codes: dict[str, int] = {}
    for target in targets:
        dimension = target.column.refers_to
        if dimension is None:
            continue
        _fetch(con, dimension, _attributes(mapping, dimension), unit_id, where)
        named_in_file = f"SELECT DISTINCT {target.name} AS code FROM typed WHERE state = {GOOD}"
        unknown = f"FROM ({named_in_file}) ANTI JOIN dim_{dimension} USING (code) WHERE code IS NOT NULL"
        codes = [code for (code,) in con.sql(f"SELECT code {unknown}").fetchall()]
        if codes and mapping.policy(dimension) == "create":
            new_codes[dimension] = len(codes)
            if pretend:
                con.sql(
                    f"INSERT INTO dim_{dimension} (id, code) SELECT -row_number() OVER (), code {unknown}"
                )
            else:
                where.ensure(dimension, sorted(codes))
                _fetch(con, dimension, _attributes(mapping, dimension), unit_id, where)
            codes = _still_unknown(con, dimension, codes)
        if codes:
            con.sql(
                f"INSERT INTO left_out SELECT rowid, 'unknown_code', {quoted(target.column.name)},"
                f" {target.name}, '' FROM typed"
                f" WHERE state = {GOOD} AND {target.name} IN (SELECT code {unknown})"
            )
    return new_codes


def _still_unknown(con: duckdb.DuckDBPyConnection, dimension: str, codes: list[str]) -> list[str]:
    """Asked of the few codes, not of all rows again."""
    asked = f"SELECT code FROM (SELECT unnest($codes) AS code) ANTI JOIN dim_{dimension} USING (code)"
    return [code for (code,) in con.execute(asked, {"codes": codes}).fetchall()]


def _attributes(mapping: Mapping, dimension: str) -> set[str]:
    """What rules take from the rows of a dimension, beside their ids and codes."""
    told = {(rule.attribute or ".").partition(".")[::2] for rule in mapping.columns.values()}
    return {name for of, name in told if of == dimension} - {"id", "code"}


def _fetch(
    con: duckdb.DuckDBPyConnection, dimension: str, attributes: set[str], unit_id: int, where: Dimensions
) -> None:
    snapshot = where.snapshot(dimension)
    owner = {"outlets": "company_id", "units": None}.get(dimension, "unit_id")
    mine = f" AND {owner} = {int(unit_id)}" if owner else ""
    columns = ", ".join(named(name) for name in ("id", "code", *sorted(attributes)))
    con.sql(
        f"CREATE OR REPLACE TABLE dim_{dimension} AS SELECT {columns} FROM ({snapshot.sql()})"
        f" WHERE valid_to = DATE '9999-12-31'{mine}"
    )


def make_resolved(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, targets: list[Expression], *,
    unit_id: int, import_id: int, zones: Sequence[tuple[date, str]], latest: date | None = None,
) -> None:  # fmt: skip
    """Make the view ``resolved``: ``row``, ``state`` and every column of the contract in its type.

    Rows of things that happened are left out when their day is after ``latest``.
    """
    made = {target.column.name: target for target in targets}
    clock = _Clock(con, mapping, made, zones)
    fixed = {"import_id": str(int(import_id)), "unit_id": str(int(unit_id)), "company_id": str(int(unit_id))}
    values: dict[str, str] = {}
    columns = []
    for column in mapping.contract.columns:
        rule = mapping.columns.get(column.name)
        if column.name in made:
            value = clock.utc if column.name == clock.column else _value(made[column.name])
        elif rule is not None and rule.attribute is not None:
            value = _attribute(rule)
        elif column.follows and column.follows == clock.column:
            value = clock.follow(column)
        else:
            value = fixed.get(column.name, "NULL") if not column.given else "NULL"
        values[column.name] = value
        columns.append(f"CAST({value} AS {_type(column, made)}) AS {named(column.name)}")
    joins = " ".join(
        f"LEFT JOIN dim_{target.column.refers_to} ON dim_{target.column.refers_to}.code = t.{target.name}"
        for target in targets
        if target.column.refers_to
    )
    con.sql(
        f"CREATE VIEW resolved AS SELECT t.rowid AS row, t.state AS state, {', '.join(columns)}"
        f" FROM typed t {joins}"
    )
    _check_attributes(con, mapping)
    if latest is not None and mapping.contract.happened:
        _leave_out_to_come(con, mapping, values, latest)


def _type(column: Column, made: dict[str, Expression]) -> str:
    """What all rows say alike is a text with one possible value, which is written ten times faster."""
    constant = made[column.name].constant if column.name in made else None
    return duckdb_type(column.type) if constant is None else f"ENUM({quoted(constant)})"


def _value(target: Expression) -> str:
    if target.constant is not None:
        return quoted(target.constant)
    dimension = target.column.refers_to
    return f"dim_{dimension}.id" if dimension else f"t.{target.name}"


def _attribute(rule: Rule) -> str:
    dimension, name = (rule.attribute or "").split(".")
    text = f"dim_{dimension}.{named(name)}"
    if not rule.values and rule.otherwise is None:
        return text
    cases = " ".join(
        f"WHEN {quoted(old)} THEN {'NULL' if new is None else quoted(new)}" for old, new in rule.values
    )
    rest = text if rule.otherwise is None else quoted(rule.otherwise)
    return f"(CASE WHEN {text} IS NULL THEN NULL ELSE (CASE {text} {cases} ELSE {rest} END) END)"


def _check_attributes(con: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """A dimension may say what the fact may not: such rows are left out like any other wrong value."""
    for name, rule in mapping.columns.items():
        column = mapping.contract.by_name[name]
        if not rule.attribute or not (column.allowed or not column.nullable):
            continue
        value = _attribute(rule)
        wrong = "false" if column.nullable else "{value} IS NULL"
        if column.allowed:
            wrong += f" OR NOT regexp_full_match({{value}}, {quoted(column.allowed)})"
        dimension = rule.attribute.partition(".")[0]
        told = f"SELECT count(*) FROM dim_{dimension} WHERE {wrong.format(value=value)}"
        if column.nullable and not con.sql(told).fetchall()[0][0]:
            continue  # the list is short, the facts are long
        con.sql(
            f"INSERT INTO left_out SELECT row, 'not_allowed', {quoted(name)}, {named(name)}, ''"
            f" FROM resolved WHERE state = {GOOD} AND ({wrong.format(value=named(name))})"
        )


def _leave_out_to_come(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, values: dict[str, str], latest: date
) -> None:
    """What happened cannot be of a day to come. The column named is the one that the file fills."""
    day = mapping.contract.day or ""
    told = day if day in mapping.columns else mapping.contract.by_name[day].follows or day
    rule = mapping.columns.get(told)
    if rule is None or rule.attribute:
        return
    con.sql(
        f"INSERT INTO left_out SELECT t.rowid, 'to_come', {quoted(told)}, CAST({values[day]} AS VARCHAR),"
        f" '{latest}' FROM typed t WHERE t.state = {GOOD} AND {values[day]} > DATE '{latest}'"
    )


class _Clock:
    """Turns the file's times into UTC and local days; there is at most one time per table."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, mapping: Mapping, made: dict[str, Expression],
        zones: Sequence[tuple[date, str]],
    ) -> None:  # fmt: skip
        self.column = next((n for n, t in made.items() if pa.types.is_timestamp(t.column.type)), None)
        # a file without one readable time; typed, because the clock is calculated with all the same
        self.utc, self.local = "CAST(NULL AS TIMESTAMPTZ)", "CAST(NULL AS BIGINT)"
        if self.column is None:
            return
        text = f"t.{named(self.column)}"
        low, high = con.sql(
            f"SELECT min({named(self.column)}), max({named(self.column)}) FROM typed WHERE state <> {BAD}"
        ).fetchall()[0]
        if low is None:
            return
        first, last = low - timedelta(days=2), high + timedelta(days=2)
        own = dated_shifts(zones, first, last)
        rule = mapping.columns.get(self.column)
        zone = "UTC" if rule is not None and rule.format == "offset" else mapping.zone
        theirs = shifts(zone, first, last) if zone else own
        shown = f"epoch_us({text})"
        utc = utc_us(shown, theirs)
        # the file's clock is the company's: its day is the one written
        self.local = shown if not zone else local_us(utc, own)
        self.utc = f"make_timestamptz({utc})"

    def follow(self, column: Column) -> str:
        return day_of(self.local) if pa.types.is_date(column.type) else hour_of(self.local)
