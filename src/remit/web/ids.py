"""Ids that come in by an address or a form."""

from collections.abc import Iterable

DIGITS_MAX = 18  # what fits into the 64 bits of an id, whatever the digits


def id_in(text: object) -> int | None:
    """The number that the text is; none for everything that no row can have."""
    said = str(text).strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS_MAX else None


def ids_in(texts: Iterable[object], most: int | None = None) -> list[int]:
    """Those of the texts that are ids, in their order, at most so many."""
    return [found for text in texts if (found := id_in(text)) is not None][:most]
