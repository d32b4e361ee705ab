"""Specifications as plain data and back, checked against the tables: what users write, never SQL."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from remit.core.text import Text
from remit.lake.tables import TABLES

from .dimensions import DIMENSIONS, Kind
from .spec import (
    Count,
    Distinct,
    Filter,
    FirstTime,
    Growth,
    Linear,
    Operand,
    Ratio,
    Repurchase,
    Retention,
    Share,
    Spec,
    Sum,
    Trailing,
)

KINDS: dict[str, type] = {
    "sum": Sum,
    "count": Count,
    "distinct": Distinct,
    "ratio": Ratio,
    "linear": Linear,
    "share": Share,
    "growth": Growth,
    "first_time": FirstTime,
    "repurchase": Repurchase,
    "retention": Retention,
    "trailing": Trailing,
}
NAMES = {kind: name for name, kind in KINDS.items()}
OPS = ("in", "not in", "known", "unknown", ">", ">=", "<", "<=")
OPERANDS = ("top", "bottom", "of")
DEEPEST = 4
MOST_DAYS = 3660
MOST_MONTHS = 120


class UnreadableSpec(ValueError):
    """A specification that cannot be understood or does not fit its table; the sentence says where."""

    def __init__(self, zh_hant: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh_hant, en)


def as_data(spec: Spec) -> dict[str, Any]:
    """A spec as plain data that JSON can hold."""
    data: dict[str, Any] = {"kind": NAMES[type(spec)]}
    for one in fields(spec):
        value = getattr(spec, one.name)
        if one.name == "where":
            value = [{"field": f.field, "op": f.op, "values": list(f.values)} for f in value]
        elif one.name in ("plus", "minus"):
            value = [_operand_data(operand) for operand in value]
        elif one.name in OPERANDS:
            value = _operand_data(value)
        elif isinstance(value, tuple):
            value = list(value)
        if value not in ([], ""):
            data[one.name] = value
    return data


def _operand_data(operand: Operand) -> Any:
    return operand if isinstance(operand, str) else as_data(operand)


def read_spec(data: Any, table: str, known: Mapping[str, object], depth: int = 0) -> Spec:
    """A spec from plain data, for rows of ``table``; ``known`` are the metrics it may name.

    Raise UnreadableSpec with a sentence that says what is wrong and where.
    """
    if not isinstance(data, Mapping) or data.get("kind") not in KINDS:
        raise UnreadableSpec(
            f"規格要寫 kind，為下列之一：{'、'.join(KINDS)}。",
            f"A specification has a kind: one of {', '.join(KINDS)}.",
        )
    if depth > DEEPEST:
        raise UnreadableSpec("規格的巢狀層數太多。", "Specifications are nested too deeply.")
    kind = KINDS[data["kind"]]
    allowed = {one.name for one in fields(kind)}
    strange = sorted(set(data) - allowed - {"kind"})
    if strange:
        raise UnreadableSpec(
            f"{data['kind']} 沒有這些欄位：{'、'.join(strange)}。",
            f"A {data['kind']} does not know {', '.join(strange)}.",
        )
    table = str(data.get("table") or table)
    if table not in TABLES or TABLES[table].kind != "fact":
        raise UnreadableSpec(f"沒有名為「{table}」的事實表。", f"There is no fact table {table!r}.")
    read = _Reader(table, known, depth)
    values = {name: read.value(name, value) for name, value in data.items() if name != "kind"}
    try:
        spec: Spec = kind(**values)
    except TypeError as error:
        raise UnreadableSpec(
            f"{data['kind']} 缺少必要的內容：{error}。", f"A {data['kind']} lacks something: {error}."
        ) from error
    read.check(spec)
    return spec


class _Reader:
    """Reads the parts of one spec."""

    def __init__(self, table: str, known: Mapping[str, object], depth: int) -> None:
        self.table, self.known, self.depth = table, known, depth

    def value(self, name: str, value: Any) -> Any:
        if name in OPERANDS:
            return self.operand(value)
        if name in ("plus", "minus"):
            return tuple(self.operand(one) for one in self.listed(name, value))
        if name == "where":
            return tuple(self.filter(one) for one in self.listed(name, value))
        if name in ("columns", "over"):
            return tuple(str(one) for one in self.listed(name, value))
        if name in ("days", "months"):
            return self.number(name, value)
        return str(value)

    @staticmethod
    def listed(name: str, value: Any) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise UnreadableSpec(f"{name} 要寫成清單。", f"{name} is a list.")
        return list(value)

    @staticmethod
    def number(name: str, value: Any) -> int:
        most = MOST_DAYS if name == "days" else MOST_MONTHS
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise UnreadableSpec(
                f"{name} 為 1 至 {most} 的整數。", f"{name} is a whole number from 1 to {most}."
            )
        return value

    def operand(self, value: Any) -> Operand:
        if isinstance(value, str):
            if value not in self.known:
                raise UnreadableSpec(f"沒有名為「{value}」的指標。", f"There is no metric {value!r}.")
            return value
        return read_spec(value, self.table, self.known, self.depth + 1)

    def filter(self, data: Any) -> Filter:
        if not isinstance(data, Mapping) or set(data) - {"field", "op", "values"}:
            raise UnreadableSpec(
                "篩選條件要有 field、op 與 values。", "A filter has a field, an op and values."
            )
        name, op = str(data.get("field", "")), str(data.get("op", "in"))
        values = tuple(self.listed("values", data.get("values", ())))
        if op not in OPS:
            raise UnreadableSpec(
                f"「{op}」不是比較方式；請選：{'、'.join(OPS)}。",
                f"{op!r} is no comparison; choose one of {', '.join(OPS)}.",
            )
        if op in ("in", "not in") and not values:
            raise UnreadableSpec(f"{name} 的篩選沒有寫任何值。", f"The filter on {name} names no value.")
        if op in (">", ">=", "<", "<=") and (len(values) != 1 or not _is_number(values[0])):
            raise UnreadableSpec(
                f"{name} 的篩選要與一個數字比較。", f"The filter on {name} compares with one number."
            )
        if not all(isinstance(one, str | int | None) for one in values):
            raise UnreadableSpec(
                f"{name} 的篩選值為文字或數字。", f"The values of the filter on {name} are texts or numbers."
            )
        self._check_field(name)
        return Filter(name, op, values)

    def _check_field(self, name: str) -> None:
        if name in TABLES[self.table].by_name:
            return
        dimension = DIMENSIONS.get(name)
        if dimension is None or not dimension.fits(self.table):
            raise UnreadableSpec(
                f"{self.table} 沒有名為「{name}」的欄位或維度。",
                f"{self.table} has no column or dimension {name!r}.",
            )
        if dimension.kind not in (Kind.ATTRIBUTE, Kind.OWN):
            raise UnreadableSpec(
                f"規格不能以 {name} 篩選；請在提問時篩選。",
                f"A specification cannot filter by {name}; filter the question instead.",
            )

    def check(self, spec: Spec) -> None:
        """Columns exist and hold what is done with them."""
        columns = TABLES[self.table].by_name
        sums = [name for name, one in columns.items() if one.adds_up]
        if isinstance(spec, Sum) and spec.column not in sums:
            raise UnreadableSpec(
                f"「{spec.column}」不能加總。{self.table} 可加總的有：{'、'.join(sums)}。",
                f"{spec.column!r} cannot be summed. {self.table} has: {', '.join(sums)}.",
            )
        read: tuple[str, ...] = ()
        if isinstance(spec, Distinct):
            read = spec.columns or ("(none named)",)
        elif isinstance(spec, FirstTime | Trailing):
            read = (spec.column, "customer_id")
        elif isinstance(spec, Repurchase | Retention):
            read = ("customer_id",)
        wrong = [name for name in read if name not in columns]
        if wrong:
            raise UnreadableSpec(
                f"{self.table} 沒有這些欄位：{'、'.join(wrong)}。",
                f"{self.table} has no column {', '.join(wrong)}.",
            )
        _check_composed(spec)


def _check_composed(spec: Spec) -> None:
    if isinstance(spec, Growth) and spec.against not in ("previous", "last_year"):
        raise UnreadableSpec(
            "成長要與 previous（前期）或 last_year（去年同期）比較。",
            "Growth is against previous or last_year.",
        )
    if isinstance(spec, Share):
        wrong = [name for name in spec.over if name not in DIMENSIONS]
        if wrong or not spec.over:
            raise UnreadableSpec(
                f"沒有這些維度：{'、'.join(wrong) or '（未寫）'}。",
                f"There is no dimension {', '.join(wrong) or '(none named)'}.",
            )
    if isinstance(spec, Linear) and not spec.plus:
        raise UnreadableSpec("加減指標至少要加一個數字。", "A linear metric adds at least one figure.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
