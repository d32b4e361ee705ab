"""A file as a relation of texts: one column ``c0, c1, …`` per column of the file, all VARCHAR."""

# ruff: noqa: S608  # names and paths are quoted by duck.named and duck.quoted

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from remit.core.text import Text

from ..duck import named, quoted
from .delimiter import delimiter_of, header_names, rows_of
from .encoding import guess_notes, ready, sample_text
from .examine import BLANKS, Examined, Kind, Limits
from .refusal import TooBig, Unreadable
from .sheet import as_parquet

LINE = "own_line"  # in our own Parquet: the line of the original file


@dataclass(frozen=True, slots=True)
class Options:
    """What a mapping may state about the file; None means: find out."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """``columns`` are the file's own names. ``first_line`` is the line of the first row.

    ``notes``: what was found out about the file without being told.
    """

    path: Path
    kind: Kind
    columns: tuple[str, ...]
    first_line: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    skip: int = 0
    line_bytes: int = 2**20
    own_lines: bool = False
    rows_max: int | None = None
    blanks: str = BLANKS
    notes: tuple[Text, ...] = ()

    def relation(self, *, keep_rejects: bool = False) -> str:
        """SQL of a relation. Rows that are no rows are left out, and kept aside when asked."""
        whole = self._whole(keep_rejects)
        return whole if self.rows_max is None else f"(FROM {whole} LIMIT {self.rows_max})"

    def _whole(self, keep_rejects: bool) -> str:
        if self.kind != "csv":
            # by place: two columns may have one name, and names that differ in case are one to DuckDB
            places = range(len(self.columns))
            columns = [f"nullif(CAST(p{i} AS VARCHAR), '') AS c{i}" for i in places]
            told = [f"p{i}" for i in places]
            if self.own_lines:
                columns.append(named(LINE))
                told.append(named(LINE))
            return (
                f"(SELECT {', '.join(columns)} FROM read_parquet({quoted(str(self.path))})"
                f" AS file({', '.join(told)}))"
            )
        types = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(self.columns)))
        rejects = "store_rejects = true, rejects_limit = 0" if keep_rejects else "ignore_errors = true"
        return (
            f"read_csv({quoted(str(self.path))}, auto_detect = false, header = false, skip = {self.skip}, "
            f"delim = {quoted(self.delimiter)}, quote = '\"', escape = '\"', compression = 'none', "
            f"max_line_size = {2 * self.line_bytes}, columns = {{{types}}}, {rejects})"
        )


def open_source(examined: Examined, options: Options, folder: Path, limits: Limits) -> Source:
    """Make the file readable; copies and conversions go to ``folder``.

    Raise Unreadable or TooBig, with the place and what to do.
    """
    if examined.kind == "parquet":
        source = _parquet(examined.path, limits)
    elif examined.kind == "xlsx":
        path, sheet, cells, first_line = as_parquet(examined.path, options.sheet, folder, limits)
        source = Source(path, "parquet", header_names(cells), first_line, sheet=sheet)
    else:
        source = _csv(examined, options, folder, limits)
    _require_columns(source, limits)
    return source


def corrected_rows(path: Path, columns: tuple[str, ...]) -> Source:
    """Our own Parquet of rows put right: ``c0, c1, …`` for the original columns, and the lines."""
    return Source(path, "parquet", columns, 1, own_lines=True)


def _csv(examined: Examined, options: Options, folder: Path, limits: Limits) -> Source:
    path, encoding = ready(examined, options.encoding, folder, limits)
    sample = sample_text(path, "utf-8")
    delimiter = options.delimiter or delimiter_of(sample)
    if len(delimiter) != 1:
        raise Unreadable(
            f"分隔符號必須是一個字元，不是「{delimiter}」。",
            f"A delimiter is one character, not {delimiter!r}.",
        )
    rows = rows_of(sample, delimiter)
    if not rows:
        raise Unreadable("檔案裡只有空白。", "The file holds nothing but blanks.")
    blank = len(sample) - len(sample.lstrip("\n\r"))
    lines_above = sample[:blank].count("\n")
    names = header_names(rows[0]) if options.header else header_names([""] * len(rows[0]))
    header_lines = (sum(cell.count("\n") for cell in rows[0]) + 1) if options.header else 0
    return Source(
        path, "csv", names, lines_above + header_lines + 1,
        encoding=encoding, delimiter=delimiter, skip=lines_above + header_lines, line_bytes=limits.line_bytes,
        blanks=examined.blanks if path == examined.path else BLANKS,
        notes=guess_notes(encoding, options.encoding),
    )  # fmt: skip


def _parquet(path: Path, limits: Limits) -> Source:
    try:
        names = pq.read_schema(path).names
    except (pa.ArrowException, OSError) as error:
        raise Unreadable(
            f"Parquet 檔「{path.name}」不完整或已損壞。請重新下載或重新匯出。",
            f"The Parquet file {path.name} is cut off or damaged. Download or export it again.",
        ) from error
    return Source(path, "parquet", header_names(names), 1)


def _require_columns(source: Source, limits: Limits) -> None:
    if len(source.columns) > limits.columns:
        raise TooBig(
            f"檔案有 {len(source.columns):,} 欄，上限是 {limits.columns:,} 欄。"
            "請檢查分隔符號，或只匯出需要的欄。",
            f"The file has {len(source.columns):,} columns; at most {limits.columns:,} are taken. "
            "Check the delimiter, or export only the columns that are needed.",
        )
