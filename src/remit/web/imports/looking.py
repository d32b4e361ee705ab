"""What a handed-in file looks like, remembered by its digest: the next page need not read it again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from remit.core.text import Text
from remit.files.models import StoredFile
from remit.files.queries import path_of_file
from remit.lake.queries.files import look_at
from remit.lake.reading.guess import recognised
from remit.lake.reading.mapping import plain
from remit.lake.reading.source import Options
from remit.lake.tables import TABLES, Table

REMEMBERED_S = 3600
VALUES_SHOWN = 5
FILLED = ("currency", "line_code")  # the company has one; a guess finds the other
OPTION_WORDS = ("encoding", "delimiter", "sheet", "header")


@dataclass(frozen=True, slots=True)
class Look:
    """``samples``: the first different values of each column. ``raw``: the guessed mapping, plain."""

    kind: str
    columns: tuple[str, ...]
    samples: dict[str, list[str]]
    encoding: str
    delimiter: str
    sheet: str
    raw: dict[str, Any]
    notes: tuple[tuple[str, str], ...]

    @property
    def delimiter_name(self) -> str:
        return "tab" if self.delimiter == "\t" else self.delimiter

    @property
    def found(self) -> dict[str, Any]:
        """As an import keeps it."""
        return {
            "kind": self.kind,
            "columns": self.columns,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheet": self.sheet,
        }

    @property
    def note_texts(self) -> list[Text]:
        return [Text(*note) for note in self.notes]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A table that the file may hold: how many of its columns were recognised, and of the required ones.

    ``share``: how much of the file it would use. A file is most likely what uses most of it.
    """

    table: Table
    recognised: int
    needed: int
    needed_found: int
    share: float

    @property
    def rank(self) -> float:
        return self.share + 0.5 * self.needed_found / max(self.needed, 1)


def look(stored: StoredFile, table: str, raw: Mapping[str, Any] | None = None) -> Look:
    """Look at a file with the options of a mapping. Raise a Refusal where it cannot be read, FileGone."""
    path = path_of_file(stored)
    words = {word: (raw or {}).get(word) for word in OPTION_WORDS}
    options = Options(
        encoding=words["encoding"],
        delimiter=words["delimiter"],
        sheet=words["sheet"],
        header=words["header"] is not False,
    )
    key = f"imports.look:{hashlib.sha256(json.dumps([stored.sha256, table, words]).encode()).hexdigest()}"
    found: Look | None = cache.get(key)
    if found is None:
        found = _look(stored, table, path, options)
        cache.set(key, found, REMEMBERED_S)
    return found


def _look(stored: StoredFile, table: str, path: Any, options: Options) -> Look:
    looked = look_at(path, table, options)
    source = looked.source
    return Look(
        kind="xlsx" if source.sheet else source.kind,
        columns=source.columns,
        samples={
            name: list(dict.fromkeys(text[:200] for text in texts))[:VALUES_SHOWN]
            for name, texts in looked.guess.samples.items()
        },
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        raw=plain(looked.guess.mapping),
        notes=tuple((note.zh_hant, note.en) for note in looked.guess.notes),
    )


def candidates(samples: Mapping[str, Sequence[str]]) -> list[Candidate]:
    """Every table that files may fill, the likeliest first."""
    texts = {name: tuple(values) for name, values in samples.items()}
    found = []
    for table in TABLES.values():
        if not table.imported:
            continue
        hits = recognised(table, texts)
        required = [c for c in table.given if not c.nullable and c.name not in FILLED]
        met = [c for c in required if c.name in hits or (c.follows and c.follows in hits)]
        share = len(hits) / max(len(texts), 1)
        found.append(Candidate(table, len(hits), len(required), len(met), share))
    return sorted(found, key=lambda one: one.rank, reverse=True)
