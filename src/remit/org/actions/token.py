"""Personal tokens: made once, kept as a digest, revoked for good."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..models import Person, Token
from ..queries.tokens import PREFIX, digest_of, token_of

USE_NOTED_EVERY = timedelta(minutes=1)


class TokenNeedsName(ValueError):
    """A token says what it is for, so that one knows which to revoke."""


class TokenExpiresInThePast(ValueError):
    """A token that has expired before it was made is of no use."""


@transaction.atomic
def make_token(
    *, person: Person, name: str, by: Person, at: datetime, expires_at: datetime | None = None
) -> tuple[Token, str]:
    """Return the token and its secret, which is shown once: only its SHA-256 digest is kept."""
    if not (name := name.strip()):
        raise TokenNeedsName(_("Say what the token is for."))
    if expires_at is not None and expires_at <= at:
        raise TokenExpiresInThePast(_("The token would have expired already. Choose a later day."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person, name=name[:80], digest=digest_of(secret), made_at=at, expires_at=expires_at
    )
    fields = {"token": token.pk, "name": token.name, "expires_at": expires_at}
    record(events.TOKEN_MADE, person, by=by, at=at, fields=fields)
    return token, secret


@transaction.atomic
def revoke_token(*, token: Token, by: Person, at: datetime) -> Token:
    """From now on the token opens nothing; revoking twice changes nothing."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record(
            events.TOKEN_REVOKED, token.person, by=by, at=at, fields={"token": token.pk, "name": token.name}
        )
    return token


def use_token(*, secret: str, at: datetime) -> Person | None:
    """The person whose valid token this is, else none; the use is noted at most once a minute.

    Not in the record: reading with a token is no change, and there are many.
    """
    token = token_of(secret, at)
    if token is None:
        return None
    if token.last_used_at is None or at - token.last_used_at >= USE_NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=at)
    return token.person
