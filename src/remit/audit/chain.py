"""How a digest is computed. Pure: the checker and the writer share it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from remit.core.ref import Ref

GENESIS = "0" * 64


class NotRecordable(TypeError):
    """A value cannot be kept in the record unchanged; the message names it."""


def plain(value: object) -> Any:
    """A value as JSON that both databases give back unchanged.

    Numbers with a point become text: PostgreSQL rewrites them (``1e2`` comes back as ``100``).
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return value.replace("\x00", "�").encode("utf-8", "replace").decode()
        case float() | Decimal() | Ref():
            return str(value)
        case datetime():
            return _utc(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case set() | frozenset():
            return sorted((plain(one) for one in value), key=str)
    if hasattr(value, "__str__") and type(value).__module__.startswith("django.utils.functional"):
        return str(value)
    raise NotRecordable(f"The record cannot keep a {type(value).__name__}: give text, a number or a date.")


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest_of_value(salt: str, value: str) -> str:
    """SHA-256 of a salted personal value, hexadecimal."""
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()


def digest_of_event(
    *,
    number: int,
    name: str,
    subject: str,
    by: int | None,
    at: datetime,
    fields: Mapping[str, Any],
    personal: Mapping[str, str],
    previous: str,
) -> str:
    """SHA-256 over the canonical JSON of one event and the digest before it, hexadecimal."""
    row = [number, name, subject, by, _utc(at), fields, personal, previous]
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
