"""What the names of a specification are in an index: codes, and notes about names that nobody has."""

from collections.abc import Iterable, Mapping

import numpy as np

from remit.core.unanswered import UnknownName
from remit.journeys.event_index.manifest import Manifest
from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.marking import keep_marks, marks_of

Where = Mapping[str, tuple[str, ...]]
ALL_BITS = np.uint32(0xFFFFFFFF)


class Meanings:
    """``notes`` collect what was asked for and is nowhere."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.notes: list[str] = []
        self._codes = {name: code for code, name in enumerate(manifest.names)}

    def events(self, names: Iterable[str]) -> list[int]:
        """Codes of those that there are."""
        return self._found(names, self._codes, "No event is called")

    def column(self, name: str) -> tuple[str, ...]:
        """Values of a further column by code. Raise UnknownName."""
        if name not in self.manifest.values:
            raise UnknownName("column", name, self.manifest.values)
        return self.manifest.values[name]

    def values(self, column: str, values: Iterable[str]) -> list[int]:
        known = {value: code for code, value in enumerate(self.column(column))}
        return self._found(values, known, f"No event has as {column}")

    def _found(self, names: Iterable[str], known: Mapping[str, int], words: str) -> list[int]:
        missing = [name for name in names if name not in known]
        self.notes += [f"{words} {name!r}." for name in missing if f"{words} {name!r}." not in self.notes]
        return [known[name] for name in names if name in known]


class Marks:
    """Which bits each event has: ``by_code`` uint32, and ``kept`` by values of columns, uint32 by code."""

    def __init__(self, meanings: Meanings) -> None:
        self.meanings = meanings
        self.by_code = np.zeros(max(len(meanings.manifest.names), 1), np.uint32)
        self.kept: dict[str, Array] = {}

    def add(self, bit: int, events: Iterable[str], where: Where) -> None:
        """Events of these names whose columns have one of these values get the bit."""
        self.by_code[self.meanings.events(events)] |= np.uint32(1 << bit)
        for column, values in where.items():
            size = len(self.meanings.column(column))
            kept = self.kept.setdefault(column, np.full(size, ALL_BITS, np.uint32))
            allowed = self.meanings.values(column, values)
            others = np.setdiff1d(np.arange(size), allowed)
            kept[others] &= ~np.uint32(1 << bit)

    def of(self, part: Part) -> Array:
        """uint32 by event; by code where no column matters."""
        if not self.kept:
            return self.by_code
        marks = np.empty(len(part.codes), np.uint32)
        marks_of(part.codes, self.by_code, marks)
        for column, kept in self.kept.items():
            keep_marks(part.others[column], kept, marks)
        return marks
