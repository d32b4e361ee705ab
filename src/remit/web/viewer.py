"""The person who looks at a page, with what the frame needs to know about them, read once a request."""

from dataclasses import dataclass

from django.http import HttpRequest

from remit.org.enums import Ability
from remit.org.models import Person
from remit.org.queries.assignments import assignments_of
from remit.org.queries.today import today


@dataclass(frozen=True, slots=True)
class Viewer:
    """``posts``: (position, unit) held today; ``abilities``: what these positions allow.

    ``heads``: whether one of the positions leads its unit.
    """

    person: Person | None
    posts: tuple[tuple[str, str], ...] = ()
    abilities: frozenset[str] = frozenset()
    heads: bool = False


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer of a request, remembered on it."""
    known: Viewer | None = getattr(request, "_viewer", None)
    if known is None:
        known = _read(request)
        request._viewer = known  # type: ignore[attr-defined]  # our own memo on Django's request
    return known


def _read(request: HttpRequest) -> Viewer:
    user = getattr(request, "user", None)
    if not isinstance(user, Person):
        return Viewer(None)
    language = getattr(request, "LANGUAGE_CODE", "zh-hant")
    held = list(assignments_of(user, today()).select_related("position", "unit"))
    return Viewer(
        person=user,
        posts=tuple((a.position.title(language), a.unit.title(language)) for a in held),
        abilities=frozenset(
            ability
            for a in held
            for ability in a.position.abilities
            # the record is of the whole organisation: ``org.rules.can_read_audit``
            if ability in Ability.values and (ability != Ability.READ_AUDIT or a.unit.is_root())
        ),
        heads=any(a.position.leads for a in held),
    )
