"""XLSX sheets as Parquet of texts."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from .examine import Limits
from .refusal import TooBig, Unreadable

UNPACKED_BYTES_MAX = 600 * 2**20
ROWS_AT_ONCE = 20_000


def as_parquet(
    path: Path, sheet: str | None, folder: Path, limits: Limits
) -> tuple[Path, str, list[str], int]:
    """Write one sheet (default: the first) below ``folder``.

    Return path, sheet, header cells and the first row's line. Blank rows above the header and at the end
    are left out.
    """
    _refuse_bombs(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        chosen = _chosen(workbook.sheet_names, sheet)
        rows = _rows(workbook.get_sheet_by_name(chosen))
        header_line, header = next((n, row) for n, row in rows if any(cell for cell in row))
    except PasswordError:
        raise Unreadable(
            "試算表有密碼。請先解除密碼。", "The workbook has a password. Remove it first."
        ) from None
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise Unreadable(
            f"「{path.name}」不是可讀的 XLSX。請在試算表軟體中另存一次。",
            f"{path.name} is not a readable XLSX. Save it once more from a spreadsheet program.",
        ) from error
    except StopIteration:
        raise Unreadable(f"工作表「{chosen}」是空的。", f"The sheet {chosen!r} is empty.") from None
    names = [cell or "" for cell in header]
    while names and not names[-1]:
        names.pop()
    if len(names) > limits.columns:
        return path, chosen, names, header_line + 1  # refused by the caller, who knows the words
    target = folder / "sheet.parquet"
    _write(rows, len(names), target)
    return target, chosen, names, header_line + 1


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            is_workbook = any(info.filename.startswith("xl/") for info in archive.infolist())
    except zipfile.BadZipFile:
        raise Unreadable(f"「{path.name}」不完整或已損壞。", f"{path.name} is cut off or damaged.") from None
    if not is_workbook:
        raise Unreadable(
            f"「{path.name}」是壓縮檔。請解壓縮後再匯入。", f"{path.name} is a ZIP archive. Unpack it first."
        )
    if unpacked > UNPACKED_BYTES_MAX:
        raise TooBig(
            f"試算表展開後有 {unpacked // 2**20} MB，上限 {UNPACKED_BYTES_MAX // 2**20} MB。請改存成 CSV。",
            f"The workbook unpacks to {unpacked // 2**20} MB; at most {UNPACKED_BYTES_MAX // 2**20} MB are "
            "taken. Save it as CSV.",
        )


def _chosen(names: list[str], sheet: str | None) -> str:
    if sheet is None:
        return names[0]
    if sheet not in names:
        raise Unreadable(
            f"沒有工作表「{sheet}」。檔案裡有：{'、'.join(names)}。",
            f"There is no sheet {sheet!r}. The file has: {', '.join(names)}.",
        )
    return sheet


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str | None]]]:
    """Line numbers as the spreadsheet shows them, and cells as text; no blank rows after the last one."""
    start = sheet.start[0] + 1 if sheet.start else 1
    held: list[tuple[int, list[str | None]]] = []
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=start):
        cells = [_text(cell) for cell in row]
        held.append((number, cells))
        if any(cells):
            yield from held
            held.clear()


def _text(cell: object) -> str | None:
    """A number without a needless point, a day without a needless time, nothing for an empty cell."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta):
        return cell.isoformat() if isinstance(cell, date | time) else str(cell)
    return str(cell)


def _write(rows: Iterator[tuple[int, list[str | None]]], width: int, target: Path) -> None:
    schema = pa.schema([pa.field(f"c{i}", pa.string()) for i in range(width)])
    with pq.ParquetWriter(target, schema) as writer:
        while chunk := [row for _, row in islice(rows, ROWS_AT_ONCE)]:
            padded = [(row + [None] * width)[:width] for row in chunk]
            columns = [pa.array(column, pa.string()) for column in zip(*padded, strict=True)]
            writer.write_batch(pa.record_batch(columns, schema=schema))
