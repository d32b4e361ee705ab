"""The labelled texts: written before the rules, split once by the hash of the id.

Rules may be made while looking at the working half; figures are told from the final half.
"""

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("labelled.tsv")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the verdict that a careful reader gives it: pass, change or stop."""

    id: str
    verdict: str
    industry: str
    text: str

    @property
    def half(self) -> str:
        return "final" if hashlib.sha256(self.id.encode()).digest()[0] % 2 else "working"


@cache
def labelled() -> tuple[Labelled, ...]:
    """Every text; marks that cannot be seen are written as escapes in the file."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            Labelled(row["id"], row["verdict"], row["industry"], row["text"].replace("\\u200b", "\u200b"))
            for row in rows
        )
