"""What a file leaves in doubt is asked, not guessed; what it hides is found."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from remit.lake.reading.delimiter import header_names
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


SAME = """
table: order_lines
currency: TWD
columns: {{sold_on: d, order_code: o, line_code: {{row_number: true}}, net_sales: {name}}}
"""


def alike(folder: Path, kind: str) -> Path:
    """A file with three columns of one name, in one case or another."""
    names, cells = ["d", "o", "amount", "AMOUNT", "amount"], ["2024-01-02", "A", "1", "2", "3"]
    path = folder / f"rows.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_arrays([pa.array([cell]) for cell in cells], names=names), path)
    elif kind == "xlsx":
        book = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet("one")
        page.write_row(0, 0, names)
        page.write_row(1, 0, cells)
        book.close()
    else:
        path.write_text(",".join(names) + "\n" + ",".join(cells) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["parquet", "csv", "xlsx"])
@pytest.mark.parametrize(
    ("name", "read", "place"), [("amount", 1, 3), ("AMOUNT", 2, 4), ("amount (5)", 3, 5)]
)
def test_of_columns_with_one_name_the_chosen_one_is_read_and_named(
    staged: Stage, tmp_path: Path, kind: str, name: str, read: int, place: int
) -> None:
    done = staged(alike(tmp_path, kind), SAME.format(name=name))
    assert good_rows(done, "net_sales") == [(Decimal(read),)]
    assert [note.en for note in done.notes] == [
        "Several columns of the file have one name: amount, AMOUNT, amount (5). "
        f"“{name}” is read (column {place}); choose another if it is not the one meant."
    ]


def test_a_name_that_looks_like_a_numbered_one_is_still_told_apart() -> None:
    assert header_names(["a (3)", "a", "a"]) == ("a (3)", "a", "a (3) (3)")


@pytest.mark.parametrize("times", [("10:05:00", "23:59:59"), ("9:05", "21:40"), ("10:05 AM", "11:30 PM")])
@pytest.mark.parametrize("days", [("2024-01-02", "2024-01-31"), ("02/01/2024", "31/01/2024")])
def test_a_day_and_a_time_in_two_columns_are_guessed_to_be_one_time(
    tmp_path: Path, staged: Stage, days: tuple[str, str], times: tuple[str, str]
) -> None:
    rows = "".join(f"{day},{time},{n},1\n" for n, (day, time) in enumerate(zip(days, times, strict=True)))
    path = tmp_path / "till.csv"
    path.write_text("date,time,order,sales\n" + rows, encoding="utf-8")
    found = guessed(path, tmp_path)
    rule = found.mapping.columns["sold_at"]
    assert (rule.join, rule.between, "sold_on" in found.mapping.columns) == (("date", "time"), " ", False)
    assert found.notes[0].en == "Sold at is put together from date and time."
    done = staged(path, found.mapping.with_currency("TWD"))
    read = good_rows(done, "order_code, CAST(sold_on AS VARCHAR), sold_hour")
    assert [(code, day) for code, day, _hour in read] == [("0", "2024-01-02"), ("1", "2024-01-31")]
    assert read[0][2] == int(times[0].split(":")[0])


def test_a_time_of_day_alone_is_never_a_day_nor_a_time(tmp_path: Path) -> None:
    path = tmp_path / "till.csv"
    path.write_text("time,order,sales\n10:05:00,A,1\n", encoding="utf-8")
    found = guessed(path, tmp_path)
    assert {"sold_at", "sold_on"}.isdisjoint(found.mapping.columns)
    assert "time" in found.unused


def test_two_times_of_day_beside_a_day_are_left_to_a_person(tmp_path: Path) -> None:
    path = tmp_path / "till.csv"
    path.write_text("date,opened,closed,order,sales\n2024-01-02,10:05,10:09,A,1\n", encoding="utf-8")
    found = guessed(path, tmp_path)
    assert (found.mapping.columns["sold_on"].source, found.unused) == ("date", ("opened", "closed"))


def test_columns_put_together_by_hand_find_their_format_like_any_other(staged: Stage) -> None:
    mapping = BARE.replace("sold_on: {from: d}", "sold_at: {join: [d, t], between: ' '}")
    done = staged("d,t,o,a\n31/01/2024,10:05,A,1\n02/01/2024,9:05,B,1\n", mapping)
    assert [note.en for note in done.notes] == [
        "Sold at: %d/%m/%Y %H:%M reads 2 of 2 rows; %m/%d/%Y %H:%M reads only 1."
    ]
    assert done.good == 2
