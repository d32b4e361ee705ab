"""More of the same company: the real order lines, k times, each time with other households and baskets.

The range, the outlets and the calendar stay, as when a chain wins customers: copy n has the customers
``id + n × CUSTOMER_STEP`` and the order codes ``n:code``. Baskets, buyers and lines grow k times; every
distribution (basket sizes, seasons, how often a household returns) stays as it is in the real data.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

CUSTOMER_STEP = 10_000_000
BATCH_ROWS = 500_000


def grown_lines(
    files: Sequence[str | Path], columns: Sequence[str], copies: range, connection: duckdb.DuckDBPyConnection
) -> pa.RecordBatchReader:
    """The lines in ``files`` once per number in ``copies``, streamed; copy 0 is the original itself."""
    changed = {
        "customer_id": f"customer_id + n * {CUSTOMER_STEP} AS customer_id",
        "order_code": "CASE n WHEN 0 THEN order_code ELSE n || ':' || order_code END AS order_code",
        "import_id": "import_id + n AS import_id",
    }
    chosen = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    return connection.execute(
        f"SELECT {chosen} FROM range({copies.start}, {copies.stop}) AS copies(n), read_parquet($files)",
        {"files": [str(file) for file in files]},
    ).to_arrow_reader(BATCH_ROWS)


def grown_customers(customers: pa.Table, copies: range) -> pa.Table:
    """The published customers once per number in ``copies``, with the ids that the grown lines carry."""
    with duckdb.connect() as connection:
        connection.register("customers", customers)
        names = [name for name in customers.column_names if name not in ("id", "code")]
        return connection.execute(
            f"SELECT id + n * {CUSTOMER_STEP} AS id,"
            " CASE n WHEN 0 THEN code ELSE n || ':' || code END AS code,"
            f" {', '.join(names)} FROM range({copies.start}, {copies.stop}) AS copies(n), customers"
        ).to_arrow_table()
