"""Whose token a secret is."""

import hashlib
import hmac
from datetime import datetime

from django.db.models import Q

from ..models import Token

PREFIX = "remit_"


def digest_of(secret: str) -> str:
    """SHA-256, hexadecimal. Enough without salt: a secret is 256 random bits, not a word."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def token_of(secret: str, at: datetime) -> Token | None:
    """The token that is valid at a time, of an active person; none otherwise.

    The look-up is by digest, so its time tells nothing of the secret; digests are compared in constant time.
    """
    if not secret.startswith(PREFIX):
        return None
    digest = digest_of(secret)
    valid = Q(expires_at=None) | Q(expires_at__gt=at)
    tokens = Token.objects.filter(valid, digest=digest, revoked_at=None, person__is_active=True)
    token = tokens.select_related("person").first()
    return token if token is not None and hmac.compare_digest(token.digest, digest) else None
