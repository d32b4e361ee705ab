"""Questions in, answers out: the one door of the engine."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from remit.core.text import Text
from remit.lake.store import Lake

from ..catalog.dimensions import DIMENSIONS, Kind
from ..catalog.spec import Unit
from . import notes
from .answer import Answer, AnswerColumn, Value
from .compute import Figures, Key, Results, before, change, figures
from .errors import UnknownName
from .pinned import Pinned
from .plan import Catalog, Request, View, looks_back, operands
from .prepare import Prepared, prepare
from .question import Question
from .reader import reader_of
from .scans import Served, planned, run, served_raw
from .values import FACTS, labels

DIMENSION_TABLES = ("units", "outlets", "products", "customers", "campaigns", "rates")
KEPT_ROWS_MAX = 5000


def answer(
    questions: Sequence[Question], lake: Lake, catalog: Catalog, *, remember: bool = True
) -> list[Answer]:
    """Answer questions together, in as few scans as possible. Raise a CannotAnswer with a sentence.

    ``remember``: an equal question in an equal scope on unchanged data is answered from memory.
    """
    pinned = Pinned(reader_of(lake))
    versions = tuple(pinned.version(name) for name in (*FACTS, *DIMENSION_TABLES))
    keys = [("answer", _as_kept(one), versions, _definitions(one, catalog)) for one in questions]
    kept = pinned.reader.recall if remember else lambda _key: None
    known: dict[int, Answer] = {n: found for n, key in enumerate(keys) if (found := kept(key)) is not None}
    open_ = [number for number in range(len(keys)) if number not in known]
    fresh = _answer([questions[number] for number in open_], pinned, catalog)
    for number, found in zip(open_, fresh, strict=True):
        known[number] = found
        if remember and len(found.rows) <= KEPT_ROWS_MAX:
            pinned.reader.keep(keys[number], found)
    return [replace(known[number], rows=list(known[number].rows)) for number in range(len(keys))]


def _as_kept(question: Question) -> Question:
    """The question as its answer is remembered: once for all languages where no name depends on them."""
    named = any(DIMENSIONS[name].label_en for name in question.by if name in DIMENSIONS)
    return question if named else replace(question, language="")


def _definitions(question: Question, catalog: Catalog) -> tuple[Any, ...]:
    """The metrics that a question rests on, so that a changed definition is a different question."""
    found: dict[str, Any] = {}
    waiting = list(question.metrics)
    while waiting:
        name = waiting.pop()
        if name in found or name not in catalog:
            continue
        found[name] = catalog[name]
        specs = [catalog[name].spec]
        while specs:
            for operand in operands(specs.pop()):
                if isinstance(operand, str):
                    waiting.append(operand)
                else:
                    specs.append(operand)
    return tuple(found.values())


def _answer(questions: Sequence[Question], pinned: Pinned, catalog: Catalog) -> list[Answer]:
    batch = [prepare(question, pinned, catalog) for question in questions]
    served = planned(batch, pinned)
    for scan in {id(one.scan): one.scan for one in served.values()}.values():
        run(scan, pinned)
    answers = []
    for number, ready in enumerate(batch):
        mine = {request: found for (owner, request), found in served.items() if owner == number}
        answers.append(_assembled(ready, mine, pinned, catalog))
    return answers


def _assembled(ready: Prepared, served: dict[Request, Served], pinned: Pinned, catalog: Catalog) -> Answer:
    raw = {request: served_raw(found, request.leaf) for request, found in served.items()}
    results = Results(raw, ready.absent, ready.begins_within)
    question, view = ready.question, ready.view
    now = {name: figures(one, view, catalog, results) for name, one in ready.terms.items()}
    keys = _keys(view, now.values(), sees_nothing=question.scope.sees_nothing)
    series: list[tuple[AnswerColumn, Figures]] = []
    said = list(ready.notes)
    earlier = view.earlier(question.compare) if question.compare else None
    for name, found in now.items():
        column = metric_column(catalog, name, ready)
        series.append((column, found))
        if question.compare:
            then = before(ready.terms[name], view, question.compare, keys, catalog, results)
            series += _comparison(column, found, then, keys)
    backward = bool(question.compare) or any(looks_back(one, catalog) for one in ready.terms.values())
    if earlier and earlier.period:
        said.append(notes.nothing_before(earlier.period))
    elif backward and view.period is None and not view.bucket:
        said.append(notes.nothing_before(None))
    scans = list({id(one.scan): one.scan for one in served.values()}.values())
    for scan in scans:
        said += [note for note in scan.notes if note not in said]
    columns, rows = _table(view, keys, series, pinned, question.language)
    names = [column.name for column in columns]
    rows = ordered(rows, names, question.order)
    return Answer(
        columns=tuple(columns),
        rows=rows if question.limit is None else rows[: max(question.limit, 0)],
        sql=tuple(scan.shown for scan in scans),
        freshness=ready.freshness,
        period=view.period,
        before=earlier.period if earlier else None,
        notes=tuple(said),
        silent=ready.silent,
    )


def _keys(view: View, found: Iterable[Figures], *, sees_nothing: bool) -> list[Key]:
    keys = dict.fromkeys(key for one in found for key in one.values)
    if not keys and not view.by and not sees_nothing:
        return [()]
    return list(keys)


def metric_column(catalog: Catalog, name: str, ready: Prepared) -> AnswerColumn:
    """The column of a metric; the currency is set when all amounts are in one."""
    metric = catalog[name]
    currency = ""
    if metric.unit is Unit.MONEY:
        only = ready.currencies[0] if len(ready.currencies) == 1 else ""
        currency = ready.question.currency or only
    whole = metric.unit in (Unit.COUNT, Unit.DAYS)
    return AnswerColumn(
        name=name,
        kind="metric",
        type="integer" if whole else "decimal",
        title=metric.title,
        unit=metric.unit,
        currency=currency,
        digits=metric.digits,
    )


def _comparison(
    column: AnswerColumn, now: Figures, then: Figures, keys: list[Key]
) -> list[tuple[AnswerColumn, Figures]]:
    """The earlier figure, and the change: relative, or in points where the figure is a percentage."""
    points = column.unit == Unit.PERCENT
    title = column.title
    past = replace(
        column,
        name=f"{column.name}_before",
        kind="before",
        of=column.name,
        title=Text(f"{title.zh_hant}（前期）", f"{title.en}, before"),
    )
    moved = replace(
        column,
        name=f"{column.name}_change",
        kind="change",
        of=column.name,
        type="decimal",
        unit=Unit.PERCENT,
        currency="",
        digits=1,
        title=Text(f"{title.zh_hant}增減", f"{title.en}, change"),
    )

    def difference(key: Key) -> Decimal | None:
        a, b = now.at(key), then.at(key)
        if points:
            return None if a is None or b is None else a - b
        return change(a, b)

    return [(past, then), (moved, Figures({key: difference(key) for key in keys}))]


def _table(
    view: View, keys: list[Key], series: list[tuple[AnswerColumn, Figures]], pinned: Pinned, language: str
) -> tuple[list[AnswerColumn], list[tuple[Value, ...]]]:
    columns: list[AnswerColumn] = []
    cells: list[list[Value]] = []
    for place, name in enumerate(view.by):
        values = [key[place] for key in keys]
        for column, shown in _dimension_columns(name, values, pinned, language):
            columns.append(column)
            cells.append(shown)
    for column, found in series:
        columns.append(column)
        whole = column.type == "integer"
        cells.append([_number(found.at(key), whole) for key in keys])
    return columns, list(zip(*cells, strict=True))


def _dimension_columns(
    name: str, values: list[Any], pinned: Pinned, language: str
) -> list[tuple[AnswerColumn, list[Value]]]:
    dimension = DIMENSIONS[name]
    if dimension.kind is not Kind.ENTITY:
        whole = name in ("weekday", "hour")
        timed = dimension.kind is Kind.TIME and not whole
        kind = "integer" if whole else "date" if timed else "text"
        return [(AnswerColumn(name, "dimension", kind, dimension.title), values)]
    known = labels(pinned, dimension, sorted({value for value in values if value is not None}), language)
    codes: list[Value] = [known[value][0] if value in known else _bare(value) for value in values]
    found = [(AnswerColumn(name, "dimension", "text", dimension.title), codes)]
    if dimension.label:
        title = Text(f"{dimension.title.zh_hant}名稱", f"{dimension.title.en}: name")
        names: list[Value] = [known[value][1] if value in known else _bare(value) for value in values]
        found.append((AnswerColumn(f"{name}_name", "label", "text", title, of=name), names))
    return found


def _bare(value: int | None) -> str | None:
    return None if value is None else f"#{value}"


def _number(value: Decimal | None, whole: bool) -> Value:
    if value is None or not whole:
        return value
    return int(value) if value == value.to_integral_value() else value


def ordered(rows: list[tuple[Value, ...]], names: list[str], order: Sequence[str]) -> list[tuple[Value, ...]]:
    """Rows by the named columns (``-name`` descending), then by all columns; unknown values come last."""
    for name in order:
        if name.removeprefix("-") not in names:
            raise UnknownName("column", name.removeprefix("-"), names)
    rows = sorted(rows, key=lambda row: [_rank(value) for value in row])
    for name in reversed(order):
        place = names.index(name.removeprefix("-"))
        known = [row for row in rows if row[place] is not None]
        known.sort(key=lambda row: _rank(row[place]), reverse=name.startswith("-"))
        rows = known + [row for row in rows if row[place] is None]
    return rows


def _rank(value: Value) -> tuple[bool, str | Decimal | date]:
    if isinstance(value, int | float):
        return False, Decimal(value)
    return value is None, Decimal(0) if value is None else value
