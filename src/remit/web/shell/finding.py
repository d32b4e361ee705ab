"""What the palette finds, within what the person may see."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from .. import navigation, places
from ..viewer import Viewer

type Item = dict[str, str]
type Source = Callable[[Viewer, str], tuple[str, list[Item]]]

GROUP_MAX = 8
SOURCES: list[Source] = []


def offers(source: Source) -> Source:
    """Add a source: (viewer, text in lower case) → (title of the group, items of title, note, url, icon)."""
    SOURCES.append(source)
    return source


def found(viewer: Viewer, text: str) -> list[dict[str, Any]]:
    """Groups with at most eight items each; a source that finds nothing is left out."""
    wanted = text.strip().lower()
    groups = []
    for source in (_places, _verbs, *SOURCES):
        title, items = source(viewer, wanted)
        if items:
            groups.append({"title": title, "items": items[: GROUP_MAX if wanted else 12]})
    return groups


def fits(wanted: str, *texts: str) -> bool:
    """Every word of what is wanted occurs in one of the texts."""
    whole = " ".join(texts).lower()
    return all(word in whole for word in wanted.split())


def _places(viewer: Viewer, wanted: str) -> tuple[str, list[Item]]:
    return _("Places"), list(_items(navigation.places(viewer.abilities, heads=viewer.heads), wanted))


def _verbs(viewer: Viewer, wanted: str) -> tuple[str, list[Item]]:
    found = navigation.verbs(viewer.abilities) if wanted else []
    return _("Do"), [
        {"title": str(verb.title), "note": "", "url": url, "icon": verb.icon}
        for verb, url in found
        if fits(wanted, str(verb.title), verb.words, verb.url_name)
    ]


def _items(found: Iterable[navigation.Place], wanted: str) -> Iterable[Item]:
    titles = {section.code: str(section.title) for section in places.SECTIONS}
    for place in found:
        entry = place.entry
        if fits(wanted, str(entry.title), entry.words, entry.url_name):
            yield {
                "title": str(entry.title),
                "note": titles[entry.section],
                "url": place.url,
                "icon": entry.icon,
            }
