"""The side bar, the bottom bar and the palette of one person: places that exist and that they may enter."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from .place import Entry, Section
from .places import ENTRIES, SECTIONS
from .verbs import VERBS, Verb


@dataclass(frozen=True, slots=True)
class Place:
    """An entry as shown to one person: its address, and whether the page is the present one."""

    entry: Entry
    url: str
    here: bool


@lru_cache(maxsize=1)
def _addresses() -> dict[str, str]:
    """Addresses of the entries and verbs that exist; fixed while the process lives."""
    found = {}
    for entry in (*ENTRIES, *VERBS):
        try:
            found[entry.url_name] = reverse(entry.url_name)
        except NoReverseMatch:
            continue
    return found


def places(abilities: Iterable[str], here: str = "", *, heads: bool = False) -> list[Place]:
    """The places open to somebody with these abilities, who ``heads`` a unit or not.

    ``here``: the url name of the present page.
    """
    owned = set(abilities)
    addresses = _addresses()
    return [
        Place(entry, addresses[entry.url_name], _lights(entry, here))
        for entry in ENTRIES
        if entry.url_name in addresses
        and (entry.ability is None or entry.ability in owned or (heads and entry.for_heads))
    ]


def verbs(abilities: Iterable[str]) -> list[tuple[Verb, str]]:
    """What somebody with these abilities often does, with its address."""
    owned = set(abilities)
    addresses = _addresses()
    return [
        (verb, addresses[verb.url_name])
        for verb in VERBS
        if verb.url_name in addresses and (verb.ability is None or verb.ability in owned)
    ]


def _lights(entry: Entry, here: str) -> bool:
    return here == entry.url_name or any(here.startswith(prefix) for prefix in entry.under)


def side_bar(
    abilities: Iterable[str], here: str = "", *, heads: bool = False
) -> list[tuple[Section, list[Place]]]:
    """Sections with their places; a section without any is left out."""
    shown = [place for place in places(abilities, here, heads=heads) if place.entry.side]
    groups = [(section, [p for p in shown if p.entry.section == section.code]) for section in SECTIONS]
    return [(section, members) for section, members in groups if members]
