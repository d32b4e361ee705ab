"""Who is whom, and what changed in it: DuckDB compares what was followed with what there is."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from remit.kernels.journeys.columns import Array
from remit.lake.duck import connect, quoted

from .manifest import CannotIndex


@dataclass(frozen=True, slots=True)
class Links:
    """``sql``: a SELECT of ``person``, as the index calls them, and ``whose`` they are: text, one row each.

    ``files``: where that stands, which never change; other files, another content perhaps.
    """

    files: tuple[str, ...] = ()
    sql: str = "SELECT '' AS person, '' AS whose WHERE false"


NO_LINKS = Links()


@dataclass(frozen=True)
class Changed:
    """The people of every owner whose links changed or who has new events, as they are linked now.

    By person, by (hash, name): ``hashes`` uint64, ``persons``, ``owners`` int64, a place in ``names``, −1 for
    who is nobody's any more. An owner is called by the least of their people's names: ``names`` and
    ``name_hashes`` uint64, by (hash, name). ``gone``, ``gone_hashes``: what they were called before.
    """

    hashes: Array
    persons: pa.Array
    owners: Array
    name_hashes: Array
    names: pa.Array
    gone_hashes: Array
    gone: pa.Array


def keep(links: Links, file: Path) -> None:
    """A copy of the links, since the lake lets go of files that nothing needs; durable."""
    with _asking(file.parent) as connection:
        connection.sql(links.sql).write_parquet(str(file))
    with file.open("rb") as written:
        os.fsync(written.fileno())


def changed(before: Path | None, after: Path | None, touched: Sequence[pa.Array]) -> Changed:
    """What changed from one copy to another, with the owners of people who were ``touched``."""
    folder = (before or after or Path()).parent
    with _asking(folder) as connection:
        for name, file in (("earlier", before), ("later", after)):
            sql = f"FROM read_parquet({quoted(str(file))})" if file else NO_LINKS.sql
            connection.execute(f"CREATE TEMP VIEW {name} AS {sql}")
        people = pa.concat_arrays(touched) if touched else pa.array([], pa.string())
        connection.register("touched", pa.table({"person": people}))
        for sql in (NOTHING_DIFFERENT if before == after else DIFFERENT, OTHERS, OWNED):
            connection.execute(sql)
        return Changed(
            *_columns(connection, PEOPLE), *_columns(connection, NAMES), *_columns(connection, GONE)
        )


NOTHING_DIFFERENT = "CREATE TEMP TABLE different AS FROM later LIMIT 0"
DIFFERENT = """
    CREATE TEMP TABLE different AS
    (FROM earlier EXCEPT FROM later) UNION ALL (FROM later EXCEPT FROM earlier)
"""
OTHERS = """
    CREATE TEMP TABLE others AS
    SELECT whose FROM different UNION SELECT whose FROM later SEMI JOIN touched USING (person)
"""
OWNED = """
    CREATE TEMP TABLE owned AS
    SELECT person, name, dense_rank() OVER (ORDER BY hash(name), name) - 1 AS owner
    FROM (
        SELECT person, min(person) OVER (PARTITION BY whose) AS name
        FROM (FROM later SEMI JOIN others USING (whose))
    )
"""
PEOPLE = """
    SELECT hash(person) AS hash, person, coalesce(owner, -1) AS owner
    FROM (SELECT person FROM earlier SEMI JOIN others USING (whose) UNION SELECT person FROM owned)
    LEFT JOIN owned USING (person)
    ORDER BY hash, person
"""
NAMES = "SELECT hash(name) AS hash, name FROM (SELECT DISTINCT name FROM owned) ORDER BY hash, name"
GONE = """
    SELECT hash(name) AS hash, name
    FROM (SELECT min(person) AS name FROM earlier SEMI JOIN others USING (whose) GROUP BY whose)
    ORDER BY hash, name
"""


def _columns(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[Array | pa.Array]:
    """Numbers as numpy has them, texts as Arrow."""
    table = connection.sql(sql).to_arrow_table()
    for column in table.columns:
        whole = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
        yield whole if pa.types.is_string(whole.type) else np.asarray(whole.to_numpy())


@contextmanager
def _asking(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    spill = folder / "spill"
    try:
        with connect(spill=spill) as connection:
            connection.execute("SET enable_progress_bar = false")
            yield connection
    except duckdb.Error as error:
        raise CannotIndex(f"The links cannot be read: {str(error).splitlines()[0]}") from error
    finally:
        shutil.rmtree(spill, ignore_errors=True)
