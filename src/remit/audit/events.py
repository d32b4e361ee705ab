"""What can happen: every kind of event is declared once, by the room in which it happens."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

ERASED = "█"
_PLACE = re.compile(r"%\(\w+\)[a-z]")
_BY = re.compile(r"^%\(by\)s[:：]?\s*")
_ASIDE = re.compile(r"\s*[(（][^()（）]*…[^()（）]*[)）]|[:：]\s*…+[.。]?$")  # what is only told beside


class EventDeclaredTwice(ValueError):
    """Two rooms declare different events of one name."""


@dataclass(frozen=True)
class EventType:
    """A kind of event.

    ``name``: room, noun and verb, such as ``org.unit.added``. ``sentence``: what the reader of the record
    sees, translatable, with ``%(field)s`` for fields, ``%(subject)s`` and ``%(by)s``. ``fields``: names
    that a record may carry openly; ``personal``: names whose values are kept apart and can be erased.
    ``words``: how the code in a field is said in the reader's language, for fields that hold one.
    """

    name: str
    sentence: str | Promise
    fields: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        known = _types.setdefault(self.name, self)
        if (known.fields, known.personal) != (self.fields, self.personal):
            raise EventDeclaredTwice(f"The event {self.name} is declared twice with different fields.")

    def say(self, values: Mapping[str, object]) -> str:
        """The sentence with its values; a personal value that was erased is a black bar."""
        shown = dict.fromkeys(self.personal, ERASED)
        shown |= dict.fromkeys((*self.fields, "subject", "by"), "—")
        given = {name: str(value) for name, value in values.items() if value not in (None, "")}
        shown |= {name: self.words.get(name, str)(value) for name, value in given.items()}
        return str(self.sentence) % shown

    @property
    def gist(self) -> str:
        """What can happen, without whom and what it happens to, in the reader's language."""
        said = _ASIDE.sub("", without_values(_BY.sub("", str(self.sentence))))
        return said[:1].upper() + said[1:]


def without_values(sentence: str) -> str:
    """A sentence of which only the wording is kept, with dots where its values were."""
    return _PLACE.sub("…", sentence).replace("%%", "%")


_types: dict[str, EventType] = {}


def known_types() -> dict[str, EventType]:
    """Every declared kind of event by name."""
    return dict(sorted(_types.items()))


def type_of(name: str) -> EventType | None:
    """The declared kind; none for a kind that no room declares any more."""
    return _types.get(name)
