"""What a place of the product is made of; ``places`` lists them all."""

from dataclasses import dataclass

from django.utils.functional import Promise

from remit.org.enums import Ability

type Label = str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the side bar (experience: map of the product)."""

    code: str
    title: Label
    icon: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that can be gone to. ``ability`` hides it from those who may not; ``words`` help the palette.

    ``for_heads``: who leads a unit sees it without the ability.

    ``side`` is False for pages that only the palette offers; ``under`` lists further url-name prefixes that
    light the entry up.
    """

    url_name: str
    title: Label
    icon: str
    section: str
    ability: Ability | None = None
    words: str = ""
    side: bool = True
    under: tuple[str, ...] = ()
    for_heads: bool = False
