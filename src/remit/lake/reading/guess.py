"""Propose a mapping from the names of a file's columns and from what stands in them. A person confirms it."""

# columns c0, c1, … of our own naming

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import duckdb
import pyarrow as pa

from remit.core.text import Text, simplified

from ..duck import connect
from ..tables import TABLES, Column, Table
from ..tables.shared import CAMPAIGN_ID, CUSTOMER_ID, OUTLET_ID, PRODUCT_ID
from .dates import REPUBLIC, settle
from .faults import explained
from .fitting import alike_notes, missing_columns
from .marks import settle_marks
from .refusal import WrongMapping
from .source import Options, Source
from .vocabulary import Mapping, Rule

SAMPLE_ROWS = 200
REFERENCES = {column.refers_to: column for column in (OUTLET_ID, CUSTOMER_ID, PRODUCT_ID, CAMPAIGN_ID)}
LIKENESS_MIN = 0.84
# 商品編碼, 商品代碼 and 商品號 all mean the code of a 商品, and 商品名稱 its name.
CODE_ENDS = re.compile(r"(编号|编码|代码|代号|号码|号|id|code|no|number|num)$")
NAME_ENDS = re.compile(r"(名称|名字|名|name)$")
TIME_ALONE = re.compile(r"\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?")
MARKED = re.compile(r"\d,|,\d|\.\d{3}$")  # a comma, or a point that may stand between thousands
TIMED = re.compile(r"\d[ T]\d{1,2}:\d\d")
MIDNIGHT = re.compile(r"\d[ T]0{1,2}:00(:00(\.0+)?)?(Z|[+-]\d\d(:?\d\d)?)?$")


@dataclass(frozen=True, slots=True)
class Guess:
    """``samples``: the first texts of each column. ``unused``: columns of the file that nothing reads.

    ``missing``: required columns that no guess fills. ``notes``: what was found, and what a person must
    decide because the file does not tell (such as days that can be read in two ways).
    """

    mapping: Mapping
    samples: dict[str, tuple[str, ...]]
    unused: tuple[str, ...]
    missing: tuple[Column, ...]
    notes: tuple[Text, ...]


def guess(source: Source, table: str, options: Options | None = None) -> Guess:
    """Match names in Chinese and English, check that values fit the type, settle days over whole columns."""
    contract = TABLES[table]
    con = connect()
    try:
        samples = _samples(con.sql(f"FROM {source.relation()} LIMIT {SAMPLE_ROWS}").fetchall(), source)
        chosen = recognised(contract, samples)
        rules = {target: Rule(source=name) for target, name in chosen.items()}
        marked = [name for name, texts in samples.items() if any(MARKED.search(text) for text in texts)]
        doubts = settle_marks(con, source, contract, rules, marked)
        _fill_gaps(contract, rules)
        _prefer_times(rules, samples)
        notes = [*source.notes, *doubts, *_join_times(rules, samples)]
        mapping = Mapping(table=table, columns=rules, options=options or Options())
        notes += alike_notes(mapping, source.columns)
        try:
            mapping, found = settle(con, source, mapping)
        except WrongMapping as error:
            found = [error.text]
    except duckdb.Error as error:
        raise explained(error, source) from error
    finally:
        con.close()
    ordered = {c.name: mapping.columns[c.name] for c in contract.columns if c.name in mapping.columns}
    mapping = replace(mapping, columns=ordered)
    read = {name for rule in mapping.columns.values() for name in rule.reads}
    return Guess(
        mapping=mapping,
        samples=samples,
        unused=tuple(name for name in source.columns if name not in read),
        missing=tuple(missing_columns(mapping)),
        notes=(*notes, *found),
    )


def _samples(rows: list[tuple[object, ...]], source: Source) -> dict[str, tuple[str, ...]]:
    found = {}
    for place, name in enumerate(source.columns):
        texts = (str(row[place]).strip() for row in rows if row[place] is not None)
        found[name] = tuple(text for text in texts if text)
    return found


def recognised(table: Table, samples: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """For each target at most one column, the likeliest pairs first; each column serves one target."""
    pairs = [
        (likeness(column, name), -place, column, name)
        for place, column in enumerate(table.given)
        for name in samples
        if _fits(column, samples[name])
    ]
    if (reference := REFERENCES.get(table.name)) is not None:  # the list's own code, as facts call it
        pairs += [(likeness(reference, name), 0, table.by_name["code"], name) for name in samples]
        if (called := table.by_name.get("name")) is not None:
            pairs += [(_named(reference, name), 0, called, name) for name in samples]
    chosen: dict[str, str] = {}
    used: set[str] = set()
    for score, _place, column, name in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if score >= LIKENESS_MIN and column.name not in chosen and name not in used:
            chosen[column.name] = name
            used.add(name)
    return chosen


def likeness(column: Column, name: str) -> float:
    """From 0 to 1: how well a file's column name says what the column is."""
    header = _plain(name)
    names = [
        column.name,
        column.title.zh_hant,
        column.title.zh_hans or column.title.say("zh-hans"),
        column.title.en,
    ]
    if header in (_plain(known) for known in names):
        return 1.0
    best = 0.0
    for rank, known in enumerate(column.headers):
        plain = _plain(known)
        if plain == header:
            return 0.99 - rank * 0.001
        best = max(best, 0.95 * SequenceMatcher(None, plain, header).ratio() if len(plain) > 3 else 0.0)
    if column.refers_to or column.name.endswith("code"):
        coded = {CODE_ENDS.sub("", _plain(known)) for known in (*names, *column.headers)} - {""}
        best = max(best, 0.93 if CODE_ENDS.search(header) and CODE_ENDS.sub("", header) in coded else 0.0)
    return best


def _named(reference: Column, name: str) -> float:
    """How well a column's name says that it holds the names of what ``reference`` refers to."""
    header = _plain(name)
    called = NAME_ENDS.sub("", header)
    return 0.98 * likeness(reference, called) if called and called != header else 0.0


def _plain(name: str) -> str:
    """Lower case, without blanks and marks, in simplified characters, so that both scripts meet."""
    return re.sub(r"[\W_]+", "", simplified(name).lower())


def _fits(column: Column, texts: Sequence[str]) -> bool:
    """Whether most of the texts could be of the column's type; nothing speaks against a column of blanks."""
    if not texts or column.refers_to or pa.types.is_string(column.type):
        return True
    digits = sum(bool(re.search(r"\d", text)) for text in texts) >= 0.6 * len(texts)
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        if _is_time_alone(texts):
            return False
        timed = sum(bool(re.search(r"\d:\d\d", text)) for text in texts) > len(texts) / 2
        long = sum(len(text) >= 6 for text in texts) >= 0.6 * len(texts)
        return digits and long and (timed or not pa.types.is_timestamp(column.type))
    return digits and not any(re.search(r"\d[-/:]\d", text) for text in texts)


def _is_time_alone(texts: Sequence[str]) -> bool:
    """Whether most of the texts are a time of day without a day."""
    return sum(bool(TIME_ALONE.fullmatch(text)) for text in texts) > len(texts) / 2


def _fill_gaps(table: Table, rules: dict[str, Rule]) -> None:
    """A line without a number is told by its product; a basket without a receipt is a customer's day."""
    if table.name != "order_lines":
        return
    product, customer = rules.get("product_id"), rules.get("customer_id")
    if "line_code" not in rules:
        rules["line_code"] = Rule(source=product.source) if product else Rule(row_number=True)
    if "order_code" not in rules and customer is not None and customer.source and "sold_on" in rules:
        rules["order_code"] = Rule(join=("=sold_on", customer.source))


def _prefer_times(rules: dict[str, Rule], samples: dict[str, tuple[str, ...]]) -> None:
    """A day with a time of day is a time: the business day, in the company's zone, follows from it."""
    day = rules.get("sold_on")
    if day is None or day.source is None or "sold_at" in rules or "=sold_on" in _joined(rules):
        return
    if any(TIMED.search(text) and not MIDNIGHT.search(text) for text in samples[day.source]):
        rules["sold_at"] = rules.pop("sold_on")


def _join_times(rules: dict[str, Rule], samples: dict[str, tuple[str, ...]]) -> list[Text]:
    """A day in one column and its time of day in another are one time; say what was put together.

    Years of the Republic are read without a time only.
    """
    day = rules.get("sold_on")
    read = {name for rule in rules.values() for name in rule.reads}
    times = [name for name, texts in samples.items() if name not in read and _is_time_alone(texts)]
    if day is None or day.source is None or "sold_at" in rules or len(times) != 1:
        return []
    if any(TIMED.search(text) or REPUBLIC.match(text) for text in samples[day.source]):
        return []
    rules["sold_at"] = Rule(join=(day.source, times[0]), between=" ")
    if "=sold_on" not in _joined(rules):
        del rules["sold_on"]
    return [
        Text(
            f"「銷售時刻」由「{day.source}」與「{times[0]}」兩欄合成。",
            f"Sold at is put together from {day.source} and {times[0]}.",
        )
    ]


def _joined(rules: dict[str, Rule]) -> tuple[str, ...]:
    return rules["order_code"].join if "order_code" in rules else ()
