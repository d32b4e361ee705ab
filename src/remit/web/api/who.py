"""Who asks: the person of a personal token, or of a session that proves itself."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer

from remit.org.actions.token import use_token
from remit.org.models import Person


class TokenBearer(HttpBearer):
    """``Authorization: Bearer remit_…``: a personal token, with exactly its person's scope."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        return use_token(secret=token, at=timezone.now())


class Session(APIKeyCookie):
    """The session of the pages. Whatever is not a plain reading also needs the CSRF token."""

    param_name = "sessionid"

    def __init__(self) -> None:
        super().__init__(csrf=True)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        person = request.user
        return person if isinstance(person, Person) and person.is_active else None


def person_of(request: HttpRequest) -> Person:
    """The person that one of the two has found."""
    person: Person = request.auth  # type: ignore[attr-defined]  # set by ninja once somebody is known
    return person
