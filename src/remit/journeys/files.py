"""Events of a file, for questions from the shell."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from remit.core.unanswered import CannotAnswer, UnknownName
from remit.journeys.event_index.source import Source
from remit.lake.duck import connect, named, quoted

from .specification import Columns

READERS = {".parquet": "read_parquet", ".csv": "read_csv", ".tsv": "read_csv", ".gz": "read_csv"}


class UnreadableEvents(CannotAnswer):
    """A file of events that is not there or not of a kind that is read."""


def source_of_file(
    path: Path, columns: Columns, others: Iterable[str], numbers: Iterable[str] = ()
) -> Source:
    """``numbers``: columns of numbers. Raise UnreadableEvents, or UnknownName for a missing column."""
    if path.suffix not in READERS:
        raise UnreadableEvents(f"{path}: events are read from {', '.join(READERS)}, or from the lake.")
    if not path.is_file():
        raise UnreadableEvents(f"{path}: there is no such file.")
    sql = f"SELECT * FROM {READERS[path.suffix]}({quoted(str(path))})"  # noqa: S608  # names are quoted, the rest is ours
    known = _columns_of(path, sql)
    wanted = (columns.person, columns.at, columns.event, *others, *numbers)
    for name in wanted:
        if name not in known:
            raise UnknownName(f"column in {path.name}", name, known)
    return Source(
        sql=sql,
        person=named(columns.person),
        at=named(columns.at),
        event=named(columns.event),
        others={name: named(name) for name in others},
        zone=columns.zone,
        numbers={name: named(name) for name in numbers},
    )


def _columns_of(path: Path, sql: str) -> list[str]:
    with connect() as connection:
        try:
            return [row[0] for row in connection.execute(f"DESCRIBE {sql}").fetchall()]
        except duckdb.Error as error:
            raise UnreadableEvents(f"{path} cannot be read: {str(error).splitlines()[0]}") from error
