"""Digests of names: by these a person is known again, and nobody learns the name from them."""

from django.utils.crypto import salted_hmac

from ..reading.names import plain_name

LETTERS = 32


def digest_of_name(unit_id: int, kind: str, name: str) -> str:
    """The same for a name while ``REMIT_SECRET_KEY`` stays; another for each company."""
    value = f"{unit_id} {kind} {plain_name(kind, name)}"
    return salted_hmac("remit.collection.names", value, algorithm="sha256").hexdigest()[:LETTERS]
