"""Exports hand out tables, never formulas."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from remit.web.figures.exporting import Sheet, as_csv, as_xlsx, guarded

DANGEROUS = ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\tx", "\rx"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_would_run_as_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == "'" + text


def test_ordinary_text_stays_as_it_is():
    assert [guarded(text) for text in ("PRODUCE", "生鮮", "a=b", "")] == ["PRODUCE", "生鮮", "a=b", ""]


def test_a_csv_keeps_numbers_as_numbers_and_guards_titles_and_cells():
    sheet = Sheet(
        "x", ("=title", "value", "day"), (("=1+1", Decimal("-3.10"), date(2017, 1, 2)), ("生", None, None))
    )
    assert as_csv(sheet).decode("utf-8-sig") == "'=title,value,day\r\n'=1+1,-3.10,2017-01-02\r\n生,,\r\n"


def test_an_xlsx_has_no_formula_and_real_numbers_and_days():
    sheet = Sheet(
        "x", ("k", "v", "d"), (("=1+1", Decimal("-3.10"), date(2017, 1, 2)),), notes=("as of 2017-12-31",)
    )
    content = as_xlsx(sheet)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_name("Data").to_python() == [["k", "v", "d"], ["'=1+1", -3.1, date(2017, 1, 2)]]
    assert book.get_sheet_by_name("Notes").to_python() == [["as of 2017-12-31"]]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert [name for name in parts.namelist() if b"<f>" in parts.read(name)] == []
