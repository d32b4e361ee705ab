"""What each column of a file means: a small typed vocabulary, written as YAML. No SQL.

table: order_lines
unit: journey
zone: UTC                # times of the file; left out: the company's own zone
currency: USD
unknown: {products: quarantine}      # default: create
columns:
  sold_at: {from: transaction_timestamp, format: "%Y-%m-%d %H:%M:%S"}
  order_code: basket_id              # short for {from: basket_id}
  quantity: {from: quantity, empty: ["0"]}
"""

import re
from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from remit.core.plain_yaml import NotPlain, read_plain

from ..tables import TABLES
from .fitting import check, missing_columns
from .refusal import WrongMapping
from .source import Options
from .vocabulary import Mapping, Repeats, Rule, Unknown

__all__ = [
    "Mapping",
    "Rule",
    "check",
    "mapping_of",
    "missing_columns",
    "plain",
    "read_mapping",
    "write_mapping",
]

RULE_WORDS = {"from": "source", "otherwise": "otherwise", "between": "between"} | {
    f.name: f.name for f in fields(Rule) if f.name != "source"
}
OPTION_WORDS = ("encoding", "delimiter", "sheet", "header")
TOP_WORDS = ("table", "unit", "zone", "currency", "unknown", "repeats", "columns", *OPTION_WORDS)
ORIGINS = ("source", "constant", "join", "sum", "attribute", "row_number")


def read_mapping(text: str) -> Mapping:
    """Parse YAML. Raise WrongMapping with every word that is not of the vocabulary, and the place."""
    try:
        raw = read_plain(text)
    except NotPlain as error:
        raise WrongMapping(f"對應設定{error.why.zh_hant}", f"The mapping, {error.why.en}") from None
    return mapping_of(raw)


def mapping_of(raw: Any) -> Mapping:
    """The same from plain dictionaries, as forms and the database keep them."""
    if not isinstance(raw, dict) or not isinstance(raw.get("columns"), dict):
        raise WrongMapping(
            "對應設定要有 table 與 columns 兩項。", "A mapping has at least the entries table and columns."
        )
    _refuse_words(set(raw) - set(TOP_WORDS), TOP_WORDS, "")
    table = str(raw.get("table"))
    tables = [name for name, contract in TABLES.items() if contract.imported]
    if table not in tables:
        raise WrongMapping(
            f"沒有可匯入的資料表「{table}」。可用的有：{'、'.join(tables)}。",
            f"There is no table {table!r} to import into. Tables: {', '.join(tables)}.",
        )
    rules = {str(target): _rule(str(target), rule) for target, rule in raw["columns"].items()}
    return Mapping(
        table=table,
        columns=rules,
        unit=_text(raw.get("unit")),
        zone=_zone(_text(raw.get("zone"))),
        currency=_text(raw.get("currency")),
        unknown=_unknown(raw.get("unknown") or {}),
        repeats=_repeats(table, raw.get("repeats") or "quarantine"),
        options=Options(
            encoding=_text(raw.get("encoding")),
            delimiter=_text(raw.get("delimiter")),
            sheet=_text(raw.get("sheet")),
            header=bool(raw.get("header", True)),
        ),
    )


def plain(mapping: Mapping) -> dict[str, Any]:
    """The mapping as plain dictionaries, without what is at its default; ``mapping_of`` reads it back."""
    columns = {}
    for target, rule in mapping.columns.items():
        words: dict[str, Any] = {}
        for word, name in RULE_WORDS.items():
            value = getattr(rule, name)
            if value != getattr(Rule(), name):
                words[word] = (
                    dict(value) if name == "values" else list(value) if isinstance(value, tuple) else value
                )
        columns[target] = words["from"] if list(words) == ["from"] else words
    whole: dict[str, Any] = {
        "table": mapping.table,
        "unit": mapping.unit,
        "zone": mapping.zone,
        "currency": mapping.currency,
    }
    whole |= {"unknown": dict(mapping.unknown)}
    whole |= {word: getattr(mapping.options, word) for word in OPTION_WORDS if word != "header"}
    if mapping.repeats != "quarantine":
        whole["repeats"] = mapping.repeats
    if not mapping.options.header:
        whole["header"] = False
    return {word: value for word, value in whole.items() if value not in (None, {})} | {"columns": columns}


def write_mapping(mapping: Mapping) -> str:
    """YAML that ``read_mapping`` reads back to the same mapping."""
    return yaml.safe_dump(plain(mapping), allow_unicode=True, sort_keys=False)


def _rule(target: str, raw: Any) -> Rule:
    if isinstance(raw, str):
        return Rule(source=raw)
    if not isinstance(raw, dict):
        raise WrongMapping(
            f"欄「{target}」的設定讀不懂。", f"The rule of column {target} cannot be understood."
        )
    _refuse_words(set(raw) - set(RULE_WORDS), RULE_WORDS, target)
    words: dict[str, Any] = {}
    for word, value in raw.items():
        name = RULE_WORDS[word]
        if name == "values":
            words[name] = tuple((str(key), _text(item)) for key, item in value.items())
        elif name in ("join", "sum", "empty"):
            words[name] = tuple(str(item) for item in (value if isinstance(value, list) else [value]))
        else:
            words[name] = bool(value) if name == "row_number" else _text(value)
    rule = Rule(**words)
    _require_one_origin(target, rule)
    _require_sense(target, rule)
    return rule


def _require_one_origin(target: str, rule: Rule) -> None:
    given = [name for name in ORIGINS if getattr(rule, name) not in (None, (), False)]
    if len(given) != 1:
        raise WrongMapping(
            f"欄「{target}」要有且只有一個來源：from、constant、join、sum、attribute 或 row_number。",
            f"Column {target} takes exactly one of from, constant, join, sum, attribute, row_number.",
        )


def _require_sense(target: str, rule: Rule) -> None:
    if rule.attribute is not None:
        dimension, _, name = rule.attribute.partition(".")
        known = TABLES.get(dimension)
        if known is None or known.kind != "dimension" or name not in known.by_name:
            raise WrongMapping(
                f"欄「{target}」：沒有「{rule.attribute}」這個屬性。寫成 products.sold_by 的樣子。",
                f"Column {target}: there is no attribute {rule.attribute!r}. Write it like products.sold_by.",
            )
    for mark in (rule.decimal, rule.thousands):
        if mark is not None and not re.fullmatch(r"[.,'’ \u00a0\u202f]", mark):
            raise WrongMapping(
                f"欄「{target}」：數字的分隔符號不能是「{mark}」。",
                f"Column {target}: {mark!r} is not a mark used in numbers.",
            )


def _zone(zone: str | None) -> str | None:
    if zone is not None:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise WrongMapping(
                f"沒有時區「{zone}」。寫成 Asia/Taipei 或 UTC。",
                f"There is no zone {zone!r}. Write Asia/Taipei or UTC.",
            ) from None
    return zone


def _unknown(raw: Any) -> dict[str, Unknown]:
    if not isinstance(raw, dict) or any(value not in ("create", "quarantine") for value in raw.values()):
        raise WrongMapping(
            "unknown 要寫成 {products: create 或 quarantine}。",
            "Write unknown as {products: create or quarantine}.",
        )
    return {str(name): value for name, value in raw.items()}


def _repeats(table: str, raw: Any) -> Repeats:
    if raw not in ("quarantine", "first", "last", "commonest"):
        raise WrongMapping(
            "repeats 只能是 quarantine、first、last 或 commonest。",
            "repeats is one of quarantine, first, last, commonest.",
        )
    if raw != "quarantine" and TABLES[table].kind == "fact":
        raise WrongMapping(
            "事實表不能用 repeats：重複的單據要由人判斷。",
            "repeats is for lists only: a person decides about repeated facts.",
        )
    chosen: Repeats = raw
    return chosen


def _refuse_words(strange: set[Any], known: Any, target: str) -> None:
    if strange:
        where_zh, where_en = (f"欄「{target}」：", f"Column {target}: ") if target else ("", "")
        words = ", ".join(sorted(map(str, strange)))
        raise WrongMapping(
            f"{where_zh}不認得 {words}。可用的有：{', '.join(known)}。",
            f"{where_en}unknown words {words}. Known: {', '.join(known)}.",
        )


def _text(value: Any) -> str | None:
    """YAML reads 0 and 2017-01-01 as a number and a day; a mapping means the text."""
    return None if value is None else str(value)
