"""However a file is shuffled, split or repeated, the table ends up the same."""

import random
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.lake.store import Lake
from tests.lake.conftest import HEADER, Stage
from tests.lake.rows import table_rows

COLUMNS = "sold_on, order_code, line_code, customer_id IS NULL, quantity, net_sales, currency"
NUMBERS = count(1)

row = st.tuples(
    st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    st.integers(0, 6),
    st.integers(0, 6),
    st.sampled_from(["", "c1", "c2", "客戶三"]),
    st.integers(0, 5),
    st.decimals(min_value=-100, max_value=100, places=2, allow_nan=False),
)
rows = st.lists(row, min_size=1, max_size=30, unique_by=lambda cells: (cells[1], cells[2]))

type Cells = list[tuple[Any, ...]]


def text(cells: Cells) -> str:
    return HEADER + "".join(f"{d},A{o},{i},{c},{q},{a}\n" for d, o, i, c, q, a in cells)


def content_after(lake: Lake, staged: Stage, files: list[str]) -> list[tuple[Any, ...]]:
    """The table after these files, which are taken back again."""
    numbers = [next(NUMBERS) for _ in files]
    for number, file in zip(numbers, files, strict=True):
        staged(file, import_id=number)
    found = table_rows(lake, "order_lines", COLUMNS)
    for number in numbers:
        lake.delete("order_lines", number)
    assert table_rows(lake, "order_lines", COLUMNS) == []
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=rows, seed=st.integers(0, 999), parts=st.integers(1, 4))
def test_shuffled_split_and_repeated_copies_give_the_same_table(
    cells: Cells, seed: int, parts: int, staged: Stage, lake: Lake, tmp_path: Path
) -> None:
    whole = content_after(lake, staged, [text(cells)])
    assert len(whole) == len(cells)
    assert content_after(lake, staged, [text(cells), text(cells)]) == whole
    shuffled = random.Random(seed).sample(cells, len(cells))
    split = [text(shuffled[part::parts]) for part in range(parts) if shuffled[part::parts]]
    overlapping = text(shuffled[: len(shuffled) // 2 + 1])
    assert content_after(lake, staged, [*split, overlapping]) == whole
