"""Lists of Python values on their way to Arrow."""

import subprocess
import sys
from datetime import date

import pytest

from remit.lake.duck import LONG_LIST, as_arrow, scratch


@pytest.mark.parametrize("rows", [1, LONG_LIST + 1])
def test_lists_become_a_table_with_their_values(rows: int) -> None:
    columns = {
        "id": [2**40] * rows,
        "a code": ["米"] * rows,
        "day": [date(2017, 1, 1)] * rows,
        "open": [True] * rows,
        "nothing": [None] * rows,
    }
    assert as_arrow(columns).to_pydict() == columns


def test_lists_without_values_become_a_table_without_rows() -> None:
    table = as_arrow({"id": [], "code": []})
    assert (table.column_names, table.num_rows) == (["id", "code"], 0)


def test_short_lists_load_no_library_for_data_frames() -> None:
    words = (
        "import sys; from remit.lake.duck import as_arrow; as_arrow({'id': [1]});"
        " assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", words], check=True)


def test_scratch_tables_are_seen_by_their_own_cursor_only() -> None:
    with scratch() as one, scratch() as other:
        one.execute("CREATE TEMP TABLE given AS SELECT 1 AS id")
        other.execute("CREATE TEMP TABLE given AS SELECT 2 AS id")
        assert (one.sql("FROM given").fetchall(), other.sql("FROM given").fetchall()) == ([(1,)], [(2,)])
