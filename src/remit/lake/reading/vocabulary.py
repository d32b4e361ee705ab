"""The words of a mapping, typed: what a file's columns mean for a table."""

from dataclasses import dataclass, field, replace
from typing import Literal

from ..tables import TABLES, Table
from .source import Options

Unknown = Literal["create", "quarantine"]
Repeats = Literal["quarantine", "first", "last", "commonest"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Where one target column comes from. Exactly one of the first six is given.

    ``source``: a column of the file (``from`` in YAML). ``constant``: one text for all rows. ``join``:
    columns put together with ``between``; ``=name`` stands for another target, so that a day is
    written one way. ``sum``: columns added, blanks as nothing. ``attribute``: ``products.sold_by``,
    of the dimension row that the line refers to. ``row_number``: the line of the file.

    ``format``: of days and times, as strptime writes it, ``roc`` for years of the Republic, ``offset`` for
    times that state their distance from UTC.
    ``values``: texts put in place of others; ``otherwise``: what the rest become. ``empty``: texts that
    mean nothing. ``decimal`` and ``thousands``: the marks in numbers.
    """

    source: str | None = None
    constant: str | None = None
    join: tuple[str, ...] = ()
    sum: tuple[str, ...] = ()
    attribute: str | None = None
    row_number: bool = False
    between: str = "-"
    format: str | None = None
    values: tuple[tuple[str, str | None], ...] = ()
    otherwise: str | None = None
    empty: tuple[str, ...] = ()
    decimal: str | None = None
    thousands: str | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of the file that it reads."""
        own = (self.source,) if self.source is not None else ()
        return (*own, *self.sum, *(part for part in self.join if not part.startswith("=")))


@dataclass(frozen=True, slots=True)
class Mapping:
    """``unit`` is a company's code, ``zone`` that of the file's times (None: the company's own).

    ``repeats``: what to do with several different rows of one key in a list of a dimension.
    """

    table: str
    columns: dict[str, Rule]
    unit: str | None = None
    zone: str | None = None
    currency: str | None = None
    unknown: dict[str, Unknown] = field(default_factory=dict)
    repeats: Repeats = "quarantine"
    options: Options = field(default_factory=Options)

    @property
    def contract(self) -> Table:
        return TABLES[self.table]

    def with_currency(self, currency: str) -> "Mapping":
        """The company's currency for amounts of which neither the file nor the mapping says another."""
        needs = "currency" in self.contract.by_name and "currency" not in self.columns
        return replace(self, currency=currency) if needs and not self.currency and currency else self

    def policy(self, dimension: str) -> Unknown:
        return self.unknown.get(dimension, "create")
