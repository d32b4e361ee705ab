"""Whether a mapping fits its table and a file."""

from remit.core.text import Text

from ..tables import Column, Table
from .refusal import WrongMapping
from .vocabulary import Mapping


def check(mapping: Mapping, file_columns: tuple[str, ...]) -> None:
    """Raise WrongMapping unless the mapping fits the table and the file; name every column at fault."""
    table = mapping.contract
    strange = [target for target in mapping.columns if not _is_given(table, target)]
    if strange:
        names = [column.name for column in table.given]
        raise WrongMapping(
            f"{table.title.zh_hant}沒有這些欄：{'、'.join(strange)}。可用的有：{'、'.join(names)}。",
            f"{table.name} has no columns {', '.join(strange)}. It has: {', '.join(names)}.",
        )
    reads = {name for rule in mapping.columns.values() for name in rule.reads}
    if absent := sorted(reads - set(file_columns)):
        raise WrongMapping(
            f"檔案裡找不到這些欄：{'、'.join(absent)}。檔案的欄有：{'、'.join(file_columns[:50])}。",
            f"The file lacks these columns: {', '.join(absent)}. It has: {', '.join(file_columns[:50])}.",
        )
    if missing := missing_columns(mapping):
        titles = [f"{column.title.zh_hant}（{column.name}）" for column in missing]
        raise WrongMapping(
            f"還沒有對應這些必要的欄：{'、'.join(titles)}。檔案的欄有：{'、'.join(file_columns[:50])}。",
            f"These required columns are not mapped: {', '.join(column.name for column in missing)}. "
            f"The file has: {', '.join(file_columns[:50])}.",
        )


def missing_columns(mapping: Mapping) -> list[Column]:
    """Required columns that neither a rule nor the mapping's head nor a time fills."""
    by_head = {"currency"} if mapping.currency else set()
    return [
        column
        for column in mapping.contract.given
        if not column.nullable
        and column.name not in mapping.columns
        and column.name not in by_head
        and not (column.follows and column.follows in mapping.columns)
    ]


def alike_notes(mapping: Mapping, file_columns: tuple[str, ...]) -> list[Text]:
    """A sentence for each column that is read while another one has the same name, in whatever case."""
    plain = [_plain(name, place) for place, name in enumerate(file_columns, start=1)]
    read = {name for rule in mapping.columns.values() for name in rule.reads}
    notes = []
    for place, name in enumerate(file_columns, start=1):
        alike = [other for other, form in zip(file_columns, plain, strict=True) if form == plain[place - 1]]
        if name in read and len(alike) > 1:
            notes.append(
                Text(
                    f"檔案有幾欄同名：{'、'.join(alike)}。讀的是「{name}」（第 {place} 欄）；"
                    "如果不是這一欄，請改選。",
                    f"Several columns of the file have one name: {', '.join(alike)}. “{name}” is read "
                    f"(column {place}); choose another if it is not the one meant.",
                )
            )
    return notes


def _plain(name: str, place: int) -> str:
    """A name without its case and without the place that tells it from another."""
    return name.removesuffix(f" ({place})").casefold()


def _is_given(table: Table, target: str) -> bool:
    column = table.by_name.get(target)
    return column is not None and column.given
