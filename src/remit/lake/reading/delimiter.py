"""Which character parts the columns of a text table, and what its header says."""

import csv
from itertools import islice

from .refusal import Unreadable

CANDIDATES = (",", ";", "\t", "|")
LINES = 200


def delimiter_of(sample: str) -> str:
    """The candidate that gives most rows as many columns as the header; more columns win a tie."""
    scores = {}
    for candidate in CANDIDATES:
        widths = [len(row) for row in rows_of(sample, candidate)]
        if not widths or widths[0] < 2:
            continue
        alike = sum(width == widths[0] for width in widths) / len(widths)
        scores[candidate] = (round(alike, 1), widths[0])
    return max(scores, key=lambda candidate: scores[candidate]) if scores else ","


def rows_of(sample: str, delimiter: str) -> list[list[str]]:
    """The first rows that are not blank. The last one may be cut off by the sample's end."""
    reader = csv.reader(sample.split("\n"), delimiter=delimiter)
    try:
        return [row for row in islice(reader, LINES) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Unreadable(
            f"第 {reader.line_num} 行讀不出來（{error}）。請檢查引號與分隔符號。",
            f"Line {reader.line_num} cannot be read ({error}). Check quotes and delimiter.",
        ) from None


def header_names(cells: list[str]) -> tuple[str, ...]:
    """Names of columns, each once: a blank one is called by its place, a repeated one gets a number."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"column {place}"
        while name in names:
            name = f"{name} ({place})"
        names.append(name)
    return tuple(names)
