"""Who sees which file. Which scopes a person sees is known one floor up, and registered here."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from remit.core.ref import Ref

from .models import StoredFile


class Reader(Protocol):
    """A person, as far as this room knows one."""

    id: int
    is_active: bool


_scopes_of: list[Callable[[Any], Iterable[Ref]]] = []


def register_scopes(scopes_of: Callable[[Any], Iterable[Ref]]) -> None:
    """Take ``scopes_of`` (person → scopes whose files they see) as the answer from now on."""
    _scopes_of[:] = [scopes_of]


def files_visible_to(person: Reader) -> QuerySet[StoredFile]:
    """Files with a scope: those of scopes one sees. Files without: one's own.

    Having uploaded a file of a unit is not enough: who has left the unit does not see it any more.
    """
    if not person.is_active:
        return StoredFile.objects.none()
    scopes = {str(ref) for scopes_of in _scopes_of for ref in scopes_of(person)}
    return StoredFile.objects.filter(Q(scope="", owner=str(Ref("person", person.id))) | Q(scope__in=scopes))
