"""What notices are about. Only ``web`` knows titles and addresses, and registers itself at start-up."""

from collections.abc import Callable
from dataclasses import dataclass

from remit.core.ref import Ref
from remit.org.models import Person


@dataclass(frozen=True, slots=True)
class Subject:
    """What a thing is called for a reader, and the path of its page (``/…``, empty when it has none)."""

    title: str
    url: str = ""


Resolver = Callable[[Person, Ref], Subject | None]

_resolvers: list[Resolver] = []


def register_resolver(resolver: Resolver) -> None:
    """Take ``resolver`` (person, reference → subject, or none for who may not see it) from now on."""
    _resolvers[:] = [resolver]


def subject_for(person: Person, ref: Ref) -> Subject | None:
    """The subject as this person may see it now; none when they may not, or when nobody can tell."""
    return next((subject for resolver in _resolvers if (subject := resolver(person, ref))), None)
