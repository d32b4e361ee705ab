"""Origins: where a page that may send comes from."""

import re

LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
ORIGIN = re.compile(rf"^https?://(?:{LABEL}\.)*{LABEL}(?::\d{{1,5}})?$")
ORIGINS_MAX = 20


class NotAnOrigin(ValueError):
    """The text is none; the sentence names it."""


def read_origins(text: str) -> list[str]:
    """One a line or by commas, such as ``https://shop.example.com``; each once. Raise NotAnOrigin."""
    found = [part.strip().rstrip("/").lower() for part in re.split(r"[\s,，、]+", text) if part.strip()]
    for origin in found:
        if not ORIGIN.match(origin):
            raise NotAnOrigin(origin[:80])
    return list(dict.fromkeys(found))
