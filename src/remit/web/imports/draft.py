"""A mapping on its way from page to page, carried in the address. Pure.

Nothing is stored before an import starts: every step can be reloaded, bookmarked, sent to a colleague and
gone back to, and leaves nothing to tidy up.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

PLAIN_BYTES_MAX = 64 * 2**10


class UnreadableDraft(ValueError):
    """The address does not carry a mapping; it was cut off or changed."""


class DraftTooLong(ValueError):
    """The mapping says more than an address can carry."""


def packed(raw: Mapping[str, Any]) -> str:
    """The plain mapping as a short text that may stand in an address. Raise DraftTooLong."""
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    if len(text) > PLAIN_BYTES_MAX:
        raise DraftTooLong
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


def unpacked(text: str) -> dict[str, Any]:
    """What ``packed`` was given. Raise UnreadableDraft, also for what would unfold beyond the limit."""
    try:
        squeezed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        unfolding = zlib.decompressobj()
        plain = unfolding.decompress(squeezed, PLAIN_BYTES_MAX)
        if not unfolding.eof:
            raise UnreadableDraft
        raw = json.loads(plain)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise UnreadableDraft from error
    if not isinstance(raw, dict):
        raise UnreadableDraft
    return raw
