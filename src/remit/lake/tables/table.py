"""What a table promises: its columns, their meaning, its key and its grain."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pyarrow as pa

from remit.core.text import Text

ID = pa.int64()
CODE = pa.string()
TEXT = pa.string()
DAY = pa.date32()
INSTANT = pa.timestamp("us", tz="UTC")
HOUR = pa.int32()
WHOLE = pa.int64()
QUANTITY = pa.decimal128(18, 3)
AMOUNT = pa.decimal128(18, 4)
RATE = pa.decimal128(18, 8)
FLAG = pa.bool_()

Kind = Literal["fact", "dimension", "relation"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``type`` as Arrow stores it, ``title`` for headings, ``meaning`` in full.

    ``refers_to`` names the dimension whose ``id`` it holds; a file gives that thing's code.
    ``headers`` are names under which files call it, lower case, used to guess a mapping.
    ``given`` is false where the system fills it in and no file may. ``length_max`` is in characters.
    ``allowed`` is a regular expression that a text must match in full. ``follows`` names the column
    of instants from which it comes when no file gives it.
    """

    name: str
    type: pa.DataType
    title: Text
    meaning: Text
    nullable: bool = True
    refers_to: str | None = None
    headers: tuple[str, ...] = ()
    given: bool = True
    length_max: int = 120
    allowed: str | None = None
    follows: str | None = None

    @property
    def is_instant(self) -> bool:
        """Whether it holds moments, which are kept in UTC."""
        return bool(self.type == INSTANT)

    @property
    def adds_up(self) -> bool:
        """Whether its values may be summed: amounts, quantities and counts, never what names a thing."""
        counts = self.type == WHOLE and self.refers_to is None and not self.name.endswith("id")
        return counts or self.type in (AMOUNT, QUANTITY)


@dataclass(frozen=True, repr=False)
class Table:
    """A contract. ``day`` is the business-date column that periods filter by (None: the table has none).

    A relation says what belongs to what; figures count facts only.
    ``imported`` is false where rooms of the database fill the table and no file may. ``happened``: rows say
    what has happened, so that none can be of a day to come.
    """

    name: str
    title: Text
    grain: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    day: str | None
    kind: Kind
    imported: bool = True
    happened: bool = False

    def __repr__(self) -> str:
        return f"<Table {self.name}>"

    @cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema that every reader sees, whatever the age of the files."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in self.columns])

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def given(self) -> tuple[Column, ...]:
        """The columns that a file or its mapping may fill."""
        return tuple(column for column in self.columns if column.given)
