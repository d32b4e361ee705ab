"""What a file leaves in doubt is asked, not guessed; what it hides is found."""

from pathlib import Path

import duckdb
import pytest

from remit.lake.reading.examine import Limits, examine
from remit.lake.reading.guess import Guess, guess
from remit.lake.reading.refusal import Unreadable, WrongMapping
from remit.lake.reading.source import Options, open_source
from tests.lake.conftest import HEADER, Stage
from tests.lake.rows import good_rows

BARE = """
table: order_lines
currency: TWD
columns: {sold_on: {from: d}, order_code: {from: o}, line_code: {row_number: true}, net_sales: {from: a}}
"""
ROW = "2024-01-02,A1,1,c7,2,19.90\n"


def guessed(path: Path, tmp_path: Path) -> Guess:
    source = open_source(examine(path, Limits()), Options(), tmp_path, Limits())
    return guess(source, "order_lines")


def test_a_column_that_puts_now_the_day_now_the_month_first_is_refused(staged: Stage) -> None:
    mixed = "d,o,a\n31/01/2024,A,1\n30/01/2024,B,1\n03/04/2024,C,1\n01/31/2024,D,1\n"
    with pytest.raises(WrongMapping) as caught:
        staged(mixed, BARE)
    assert str(caught.value) == (
        "Sold on mixes %d/%m/%Y and %m/%d/%Y: 1 rows can be read only as the latter, such as '01/31/2024', "
        "so that the others cannot be told apart. State its format, or put the file right."
    )


def test_a_stated_format_reads_a_mixed_column_and_leaves_the_others_out(staged: Stage) -> None:
    mixed = "d,o,a\n31/01/2024,A,1\n03/04/2024,C,1\n01/31/2024,D,1\n"
    done = staged(mixed, BARE.replace("{from: d}", "{from: d, format: '%d/%m/%Y'}"))
    assert [code for (code,) in good_rows(done, "order_code")] == ["A", "C"]
    assert done.left_out == 1


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest_of_the_file(staged: Stage) -> None:
    rows = [f"2024-01-02,A{n},1,c7,2,19.90\n" for n in range(50)]
    rows[2] = '2024-01-02,A2,1,"c7,2,19.90\n'
    with pytest.raises(Unreadable) as caught:
        staged(HEADER + "".join(rows))
    assert str(caught.value) == (
        "A quote opens on line 4 and is never closed, so that the lines after it stand inside it. "
        "Close it, or export the file again."
    )


def test_a_stray_quote_within_a_line_costs_that_line_only(staged: Stage) -> None:
    done = staged(HEADER + ROW + '2024-01-02,A2,1,"c"7,2,19.90\n' + ROW.replace("A1", "A3"))
    assert (done.read, done.good, done.left_out) == (3, 2, 1)


def test_a_damaged_parquet_file_is_refused_where_its_columns_are_guessed(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    duckdb.sql(
        "SELECT DATE '2024-01-01' AS day, hash(range)::VARCHAR AS receipt FROM range(50000)"
    ).write_parquet(str(path))
    content = bytearray(path.read_bytes())
    content[100 : len(content) // 2] = bytes(len(content) // 2 - 100)
    path.write_bytes(bytes(content))
    with pytest.raises(Unreadable, match=r"rows\.parquet"):
        guessed(path, tmp_path)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("2024-01-02 23:30:00", "sold_at"),
        ("2024-01-02T04:30:00+00:00", "sold_at"),
        ("2024-01-02 00:00:00", "sold_on"),
        ("2024-01-02T00:00:00Z", "sold_on"),
        ("2024-01-02", "sold_on"),
    ],
)
def test_a_day_that_carries_a_time_of_day_is_guessed_to_be_a_time(
    tmp_path: Path, text: str, target: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f"Date,單據號,Sales\n{text},A,1\n", encoding="utf-8")
    columns = guessed(path, tmp_path).mapping.columns
    assert {name: rule.source for name, rule in columns.items() if name != "line_code"} == {
        target: "Date", "order_code": "單據號", "net_sales": "Sales",
    }  # fmt: skip
