"""Decimal commas and marks between thousands: told by the whole file, said where it does not tell."""

from decimal import Decimal
from pathlib import Path

import pytest

from remit.lake.reading.examine import Limits, examine
from remit.lake.reading.guess import Guess, guess
from remit.lake.reading.source import Options, open_source
from tests.lake.conftest import Stage
from tests.lake.rows import good_rows


def guessed(text: str, tmp_path: Path) -> Guess:
    path = tmp_path / "lines.csv"
    path.write_text(text, encoding="utf-8")
    source = open_source(examine(path, Limits()), Options(), tmp_path, Limits())
    return guess(source, "order_lines")


def lines(*rows: tuple[str, str], delimiter: str = ";") -> str:
    head = delimiter.join(("receipt", "product", "day", "qty", "amount"))
    told = [
        delimiter.join((f"A{n}", "P1", "2024-01-02", f'"{qty}"', f'"{amount}"'))
        for n, (qty, amount) in enumerate(rows)
    ]
    return "\n".join((head, *told, ""))


def marks(found: Guess, target: str) -> tuple[str | None, str | None]:
    rule = found.mapping.columns[target]
    return rule.decimal, rule.thousands


def test_pieces_with_three_decimals_are_not_taken_for_thousands(tmp_path: Path) -> None:
    found = guessed(lines(("2,000", "4,3700"), ("1,000", "16,8600")), tmp_path)
    assert (marks(found, "quantity"), marks(found, "net_sales")) == ((",", None), (",", None))
    assert [note.en for note in found.notes] == [
        "Quantity: 1,000 is read as 1.000, because the column alone does not tell thousands from decimals. "
        "If that is wrong, state decimal or thousands in the mapping."
    ]


def test_the_neighbours_tell_also_where_the_comma_parts_the_columns(tmp_path: Path) -> None:
    found = guessed(lines(("2,000", "4,37"), delimiter=","), tmp_path)
    assert (marks(found, "quantity"), marks(found, "net_sales")) == ((",", None), (",", None))


@pytest.mark.parametrize("telling", ["9100,000", "0,500", "-,250", "12,5"])
def test_one_number_tells_of_the_whole_column_however_far_below(telling: str, tmp_path: Path) -> None:
    rows = [("2,000", "7")] * 300 + [(telling, "7")]
    found = guessed(lines(*rows, delimiter=","), tmp_path)
    assert marks(found, "quantity") == (",", None)
    assert found.notes == ()


@pytest.mark.parametrize("telling", ["1,234,567", "1,234.50"])
def test_what_stands_between_thousands_is_found_as_well(telling: str, tmp_path: Path) -> None:
    found = guessed(lines(("7", "2,000"), ("8", telling), delimiter=","), tmp_path)
    assert marks(found, "net_sales") == (None, ",")
    assert found.notes == ()


def test_thousands_of_a_neighbour_hold_for_a_column_that_does_not_tell(tmp_path: Path) -> None:
    found = guessed(lines(("2,000", "1,234.50")), tmp_path)
    assert (marks(found, "quantity"), marks(found, "net_sales")) == ((None, ","), (None, ","))


def test_points_between_thousands_are_told_by_the_commas_beside(tmp_path: Path) -> None:
    found = guessed(lines(("2.000", "1.234,50"), ("950", "7,00")), tmp_path)
    assert (marks(found, "quantity"), marks(found, "net_sales")) == ((None, "."), (",", "."))
    assert [note.en.split(",")[0] for note in found.notes] == ["Quantity: 2.000 is read as 2000"]


def test_points_that_can_only_be_decimals_stay_decimals_beside_commas(tmp_path: Path) -> None:
    found = guessed(lines(("2.000", "1,50"), ("0.500", "7,00")), tmp_path)
    assert marks(found, "quantity") == (None, None)


def test_where_nothing_tells_it_is_read_as_thousands_and_said(tmp_path: Path) -> None:
    found = guessed(lines(("2", "2,000"), delimiter=","), tmp_path)
    assert marks(found, "net_sales") == (None, ",")
    assert [note.zh_hant for note in found.notes] == [
        "「銷售淨額」的「2,000」讀作 2000：單看這一欄，逗號和小數點分不出來。"
        "若不對，請在欄位對應寫明 decimal 或 thousands。"
    ]


def test_a_file_parted_by_semicolons_writes_decimal_commas(tmp_path: Path) -> None:
    found = guessed(lines(("2", "2,000")), tmp_path)
    assert marks(found, "net_sales") == (",", None)
    assert len(found.notes) == 1


def test_plain_numbers_need_no_marks(tmp_path: Path) -> None:
    found = guessed(lines(("2", "19.90"), ("1.5", "1.234")), tmp_path)
    assert (marks(found, "quantity"), marks(found, "net_sales")) == ((None, None), (None, None))
    assert found.notes == ()


def test_beside_decimal_commas_a_point_before_three_digits_is_not_read_as_a_decimal(staged: Stage) -> None:
    mapping = """
    table: order_lines
    currency: TWD
    columns:
      sold_on: d
      order_code: o
      line_code: {row_number: true}
      net_sales: {from: a, decimal: ","}
    """
    done = staged("d;o;a\n2024-01-01;A;1.234\n2024-01-01;B;2,5\n2024-01-01;C;2.5\n", mapping)
    assert good_rows(done, "order_code, net_sales") == [("B", Decimal("2.5")), ("C", Decimal("2.5"))]
    assert done.left_out == 1
