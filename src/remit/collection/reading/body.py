"""From the bytes of a request to a batch."""

import zlib
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from .event import Sent

BYTES_MAX = 2**20


class TooLarge(ValueError):
    """More than one megabyte, as sent or unpacked."""


class Unreadable(ValueError):
    """No JSON, or not packed as it says."""


class WrongShape(ValueError):
    """JSON, but no batch of events."""


def read_body(body: bytes, encoding: str) -> Sent:
    """The batch in a body. ``encoding``: of Content-Encoding, empty or gzip. Raise the three above."""
    if len(body) > BYTES_MAX:
        raise TooLarge(f"At most {BYTES_MAX} bytes. Send the events in parts.")
    if encoding not in ("", "identity", "gzip"):
        raise Unreadable("Content-Encoding is gzip, or is left out.")
    if encoding == "gzip":
        body = _unpacked(body)
    try:
        value: Any = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise Unreadable(f"This is no JSON: {error}") from error
    try:
        return Sent.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "body"
        raise WrongShape(f"{place}: {first['msg']}") from error


def _unpacked(body: bytes) -> bytes:
    """Never more than one byte above the limit is unpacked: a small body can hold gigabytes of zeros."""
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        whole = unpacker.decompress(body, BYTES_MAX + 1)
    except zlib.error as error:
        raise Unreadable("The body is not packed with gzip.") from error
    if len(whole) > BYTES_MAX:
        raise TooLarge(f"At most {BYTES_MAX} bytes, unpacked. Send the events in parts.")
    if not unpacker.eof or unpacker.unused_data:
        raise Unreadable("The packed body is cut off, or something follows it.")
    return whole
