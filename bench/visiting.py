"""Who opens the pages that are measured, and the board that they open."""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from remit.demo import cast
from remit.metrics.actions import make_board
from remit.metrics.models import Board
from remit.org.models import Person

from .tiles import TILES, TITLE


def prepared() -> dict[str, Any]:
    """A session of the director of the US grocer, and the board's number, made once."""
    person = Person.objects.get(email=f"journey@{cast.DOMAIN}")
    board = Board.objects.filter(owner=person, title=TITLE).first()
    if board is None:
        board = make_board(title=TITLE, by=person, at=timezone.now(), tiles=TILES)
    return {"cookie": session_of(person), "board": board.pk}


def session_of(person: Person) -> str:
    """The cookie of somebody who has just logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
