"""What is signed, as one canonical text and its hash. Pure."""

import hashlib
import json
from collections.abc import Mapping

from remit.audit.chain import plain


def canonical(content: Mapping[str, object]) -> str:
    """One text for equal contents: keys sorted, plain values only."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def differences(
    before: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, tuple[object, object]]:
    """What is not equal, by dotted name; a list counts as one value, and what is missing is none."""
    old, new = dict(_leaves(plain(before), "")), dict(_leaves(plain(after), ""))
    names = sorted({*old, *new})
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def _leaves(value: object, name: str) -> list[tuple[str, object]]:
    if not isinstance(value, dict):
        return [(name, value)]
    return [leaf for key, below in value.items() for leaf in _leaves(below, f"{name}.{key}" if name else key)]
