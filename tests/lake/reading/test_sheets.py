"""Workbooks that are not what they seem."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from remit.lake.reading import sheet
from remit.lake.reading.mapping import read_mapping
from remit.lake.reading.refusal import TooBig, Unreadable
from tests.lake.conftest import Stage
from tests.lake.lists import LINES
from tests.lake.rows import good_rows


def workbook(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets:
        page = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            page.write_row(number, 0, cells)
    book.close()
    return path


ROWS: list[list[object]] = [
    ["day", "order", "line", "customer", "qty", "amount"],
    ["2024-01-02", "A1", 1, "c", 1, True],
]


def test_a_sheet_is_chosen_by_name(staged: Stage, tmp_path: Path) -> None:
    rows = [ROWS[0], ["2024-01-02", "A1", 1, "c", 1, 2.5]]
    path = workbook(tmp_path / "book.xlsx", ("封面", [["報表"]]), ("明細", rows))
    done = staged(path, read_mapping(LINES + "sheet: 明細\n"))
    assert good_rows(done, "order_code, line_code") == [("A1", "1")]
    with pytest.raises(Unreadable, match=r"There is no sheet '總表'. The file has: 封面, 明細"):
        staged(path, read_mapping(LINES + "sheet: 總表\n"))


def test_an_empty_sheet(staged: Stage, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="The sheet 'one' is empty"):
        staged(workbook(tmp_path / "book.xlsx", ("one", [])))


def test_an_archive_that_is_no_workbook(staged: Stage, tmp_path: Path) -> None:
    path = tmp_path / "sales.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sales.csv", "a,b\n")
    with pytest.raises(Unreadable, match=r"sales\.zip is a ZIP archive\. Unpack it first"):
        staged(path)


def test_an_archive_that_only_looks_like_a_workbook(staged: Stage, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "no workbook")
    with pytest.raises(Unreadable, match=r"book\.xlsx is not a readable XLSX"):
        staged(path)


def test_a_workbook_that_unpacks_to_too_much(
    staged: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "UNPACKED_BYTES_MAX", 2**20)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3 * 2**20)
    with pytest.raises(TooBig, match="The workbook unpacks to 3 MB; at most 1 MB"):
        staged(path)
