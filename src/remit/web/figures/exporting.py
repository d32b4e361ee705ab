"""Tables as files: CSV and XLSX, in which no cell can run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

Cell = str | int | float | Decimal | date | datetime | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to hand out: ``titles`` one a column, ``rows`` of the same width, ``notes`` for the reader."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def guarded(text: str) -> str:
    """Text that a spreadsheet takes as text: a start that would make it a formula gets an apostrophe.

    Source: OWASP, *CSV Injection*.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte-order mark, so that spreadsheets read Chinese; numbers stay plain numbers."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(guarded(title) for title in sheet.titles)
    writer.writerows(_plain_rows(sheet.rows))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _plain_rows(rows: Iterable[Sequence[Cell]]) -> Iterable[list[str]]:
    for row in rows:
        yield [_plain(cell) for cell in row]


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, datetime):
        return _local(cell).isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def as_xlsx(sheet: Sheet) -> bytes:
    """One sheet with the table and one with the notes; text is written as text, never as formula or link."""
    import xlsxwriter  # imported late: only exports need it

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(buffer, options)
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    page = book.add_worksheet("Data")
    page.freeze_panes(1, 0)
    for column, title in enumerate(sheet.titles):
        page.write_string(0, column, title, bold)
        page.set_column(column, column, max(12, min(40, len(title) + 4)))
    for line, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _write(page, line, column, cell, moment if isinstance(cell, datetime) else day)
    notes = book.add_worksheet("Notes")
    for line, note in enumerate(sheet.notes):
        notes.write_string(line, 0, note)
    book.close()
    return buffer.getvalue()


def _local(cell: datetime) -> datetime:
    """The moment by the company's clock, as pages show it."""
    return timezone.localtime(cell) if timezone.is_aware(cell) else cell


def _write(page, line: int, column: int, cell: Cell, format_of_day) -> None:  # type: ignore[no-untyped-def]  # xlsxwriter ships no types
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(line, column, guarded(cell))
    elif isinstance(cell, datetime):
        page.write_datetime(line, column, _local(cell).replace(tzinfo=None), format_of_day)
    elif isinstance(cell, date):
        page.write_datetime(line, column, cell, format_of_day)
    else:
        page.write_number(line, column, float(cell))
