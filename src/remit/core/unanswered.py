"""Questions that cannot be answered, each with a sentence for the person who asked."""

from collections.abc import Iterable
from difflib import get_close_matches


class CannotAnswer(ValueError):
    """Base of all refusals to answer; the message says what, where and what to do."""


class UnknownName(CannotAnswer):
    """A metric, dimension, column, value or currency that does not exist (or is not in the scope)."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        names = sorted(known)
        self.kind = kind
        self.name = str(name)
        self.near = tuple(_near(self.name, names))
        hint = f" Did you mean {', '.join(self.near)}?" if self.near else ""
        super().__init__(f"There is no {kind} {self.name!r}.{hint}")


def _near(name: str, names: list[str]) -> list[str]:
    folded = {known.casefold(): known for known in names}
    return [folded[match] for match in get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]
