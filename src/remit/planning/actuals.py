"""Actual spend as finance exports it: text in, rows out. Pure."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

COLUMNS = ("line", "day", "amount", "reference", "currency", "note")
REQUIRED = COLUMNS[:4]
TITLES = {
    "line": ("line", "預算列", "预算列", "列號", "列号"),
    "day": ("day", "date", "日期", "憑證日期", "凭证日期"),
    "amount": ("amount", "金額", "金额"),
    "reference": ("reference", "憑證號", "凭证号", "單號", "单号", "發票號碼", "发票号码"),
    "currency": ("currency", "幣別", "币种", "幣種"), "note": ("note", "備註", "备注", "說明", "说明"),
}  # fmt: skip
ROWS_MAX = 5000
DAY, AMOUNT, MISSING, UNKNOWN_COLUMNS, TOO_MANY, EMPTY = (
    "day",
    "amount",
    "missing",
    "columns",
    "many",
    "empty",
)


@dataclass(frozen=True, slots=True)
class Actual:
    """One invoice. ``row``: its line in the file, the header being the first."""

    row: int
    line: str
    on: date
    amount: Decimal
    reference: str
    currency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row: ``code`` is one of this module's, ``about`` names the column or the value."""

    row: int
    code: str
    about: str = ""


def read_actuals(text: str) -> tuple[list[Actual], list[Fault]]:
    """Rows of CSV or of cells pasted from a sheet (tabs), by their header; every fault is named."""
    lines = text.lstrip("\ufeff").splitlines()
    delimiter = "\t" if lines and "\t" in lines[0] else ","
    table = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter))
    if len(table) < 2:
        return [], [Fault(1, EMPTY)]
    places = _places(table[0])
    if missing := [name for name in REQUIRED if name not in places]:
        return [], [Fault(1, UNKNOWN_COLUMNS, ", ".join(missing))]
    if len(table) - 1 > ROWS_MAX:
        return [], [Fault(1, TOO_MANY, str(ROWS_MAX))]
    found: list[Actual] = []
    faults: list[Fault] = []
    for number, cells in enumerate(table[1:], 2):
        if any(cell.strip() for cell in cells):
            _read(number, cells, places, found, faults)
    return found, faults


def _places(header: Iterable[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = next((name for name, titles in TITLES.items() if cell.strip().lower() in titles), None)
        if name is not None:
            places.setdefault(name, place)
    return places


def _read(
    row: int, cells: list[str], places: dict[str, int], found: list[Actual], faults: list[Fault]
) -> None:
    given = {
        name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()
    }  # fmt: skip
    if missing := [name for name in REQUIRED if not given[name]]:
        faults.append(Fault(row, MISSING, ", ".join(missing)))
        return
    try:
        on = date.fromisoformat(given["day"].replace("/", "-"))
    except ValueError:
        faults.append(Fault(row, DAY, given["day"]))
        return
    try:
        amount = Decimal(given["amount"].replace(",", ""))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) >= Decimal(10) ** 13:
        faults.append(Fault(row, AMOUNT, given["amount"]))
        return
    more = {name: given.get(name, "") for name in ("currency", "note")}
    found.append(Actual(row, given["line"], on, amount, given["reference"], **more))
