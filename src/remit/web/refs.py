"""What a reference is called and where its page is, for the person who looks. A closed registry of kinds.

A kind is the lower-case name of its model. A folder adds its kinds in its ``refs.py``, which ``web.apps``
loads.
Somebody who may not see a thing learns neither its title nor that it exists.
"""

from collections.abc import Callable, Collection, Iterable

from remit.core.ref import Ref
from remit.notices.subjects import Subject
from remit.org.models import Person

type Source = Callable[[Person, Collection[int]], dict[int, Subject]]

_sources: dict[str, Source] = {}


class KindDeclaredTwice(ValueError):
    """Two folders resolve one kind."""


def resolves(kind: str) -> Callable[[Source], Source]:
    """Declare the source of a kind: (person, ids) → those the person may see, by id."""

    def keep(source: Source) -> Source:
        if kind in _sources:
            raise KindDeclaredTwice(f"The kind {kind} is declared twice.")
        _sources[kind] = source
        return source

    return keep


def kinds() -> frozenset[str]:
    """Every kind that has a page or at least a name."""
    return frozenset(_sources)


def resolve(person: Person, ref: Ref) -> Subject | None:
    """One reference; none when the person may not see it or the kind is unknown."""
    return resolve_all(person, [ref]).get(ref)


def resolve_all(person: Person, refs: Iterable[Ref]) -> dict[Ref, Subject]:
    """Many references with one look-up a kind; those out of sight are left out."""
    wanted: dict[str, set[int]] = {}
    for ref in refs:
        wanted.setdefault(ref.kind, set()).add(ref.id)
    found: dict[Ref, Subject] = {}
    for kind, ids in wanted.items():
        if source := _sources.get(kind):
            found |= {Ref(kind, id_): subject for id_, subject in source(person, ids).items()}
    return found
