"""From a compiled shape to a statement: slots become literals, tables become the snapshot's files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .shape import Shape

_SLOT = re.compile(r"SLOT_(?:INTS|TEXTS|DAY)\('(\w+)'\)")
_TABLE = re.compile(r"""["`]lake["`]\.["`](\w+)["`]""")

Literal = str | int | Decimal | date | None


@lru_cache(maxsize=4096)
def template(shape: Shape, dialect: str = "duckdb") -> str:
    """The SQL of a shape, compiled once a process. Slots and table names are still in it."""
    import ibis  # imported late: half a second, and a known shape does not need it

    from .aggregates import simple
    from .people import people

    expression = simple(shape) if all(leaf.is_simple for leaf in shape.leaves) else people(shape)
    return str(ibis.to_sql(expression, dialect=dialect))


@dataclass(frozen=True, slots=True)
class Statement:
    """``run`` is what the engine gets; ``shown`` names the tables instead of listing their files."""

    run: str
    shown: str


def statement(text: str, slots: Mapping[str, str], sources: Mapping[str, str]) -> Statement:
    """Fill a template. ``slots``: literals by slot; ``sources``: a SELECT by table."""
    filled = _SLOT.sub(lambda match: slots[match[1]], text)
    run = _TABLE.sub(lambda match: f"({sources[match[1]]})", filled)
    return Statement(run, _TABLE.sub(lambda match: f'"{match[1]}"', filled))


def literal(value: Literal) -> str:
    """One value as SQL; quotes are doubled, so that no value can end the text it stands in."""
    if value is None:
        return "NULL"
    if isinstance(value, date):
        return f"DATE '{value:%Y-%m-%d}'" if value.year >= 1000 else f"DATE '{value.isoformat()}'"
    if isinstance(value, int | Decimal):
        return str(value)
    return "'" + value.replace("'", "''").replace("\0", "") + "'"


def listed(values: Iterable[Literal]) -> str:
    """Values for an IN list; an empty list becomes NULL, which nothing equals."""
    return ", ".join(literal(value) for value in values) or "NULL"


def written(rows: Iterable[tuple[Literal, ...]], columns: Mapping[str, str]) -> str:
    """A SELECT of rows written into the statement; ``columns`` gives the SQL type by name."""
    lines = ", ".join(f"({listed(row)})" for row in rows)
    typed = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in columns.items())
    if not lines:
        empty = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in columns.items())
        return f"SELECT {empty} WHERE false"
    names = ", ".join(f'"{name}"' for name in columns)
    return f"SELECT {typed} FROM (VALUES {lines}) AS v({names})"  # noqa: S608  # literals are escaped
