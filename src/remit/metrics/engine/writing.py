"""Answers as text: JSON with exact numbers, CSV that no spreadsheet executes, lines for a terminal."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

from .answer import Answer, AnswerColumn, Value

_MARK = "\ue000"  # of the private use area, so that JSON leaves it as it is
_MARKED = re.compile(f'"{_MARK}([-0-9.]+){_MARK}"')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_data(answer: Answer, language: str = "en") -> dict[str, Any]:
    """The whole answer as plain data; figures stay Decimal, days become ISO texts."""
    return {
        "columns": [_column(column, language) for column in answer.columns],
        "rows": [{name: _plain(value) for name, value in row.items()} for row in answer.dicts()],
        "period": None if answer.period is None else _days(answer.period.first, answer.period.last),
        "before": None if answer.before is None else _days(answer.before.first, answer.before.last),
        "freshness": [
            {
                "table": one.table,
                "first": _plain(one.first),
                "last": _plain(one.last),
                "version": one.version,
            }
            for one in answer.freshness
        ],
        "notes": [note.say(language) for note in answer.notes],
        "sql": list(answer.sql),
    }


def as_json(data: Any, indent: int | None = None) -> str:
    """JSON in which a Decimal is a number with exactly its digits, which a float would not keep."""
    return _MARKED.sub(r"\1", json.dumps(data, default=_marked, ensure_ascii=False, indent=indent))


def as_csv(answer: Answer) -> str:
    """Comma-separated rows under the columns' names; a quote stands before a text like a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.names)
    for row in answer.rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def as_lines(answer: Answer, language: str = "en") -> tuple[list[str], list[list[str]]]:
    """Headings and cells for people: thousands separated, percent with its sign."""
    heads = [f"{column.title.say(language)}{_measure(column)}" for column in answer.columns]
    pairs = [zip(row, answer.columns, strict=True) for row in answer.rows]
    cells = [[_shown(value, column) for value, column in row] for row in pairs]
    return heads, cells


def number(value: Decimal) -> str:
    """A decimal without trailing zeros and without an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _column(column: AnswerColumn, language: str) -> dict[str, Any]:
    return {
        "name": column.name,
        "kind": column.kind,
        "type": column.type,
        "title": column.title.say(language),
        "unit": str(column.unit),
        "currency": column.currency,
        "of": column.of,
    }


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def _marked(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{_MARK}{number(value)}{_MARK}"
    raise TypeError(f"{type(value).__name__} is not plain data.")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(_plain(value))


def _measure(column: AnswerColumn) -> str:
    return f" ({column.currency})" if column.currency else ""


def _shown(value: Value, column: AnswerColumn) -> str:
    if value is None:
        return "–"
    if isinstance(value, int | Decimal) and column.kind not in ("dimension", "label"):
        if column.unit == "percent":
            return f"{value * 100:,.{column.digits}f} %"
        return f"{value:,.{column.digits}f}"
    return str(_plain(value))
