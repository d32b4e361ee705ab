"""Robots of chat groups, as the setting REMIT_ROBOTS names them. Only the names are ever stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from remit.core.plain_yaml import NotPlain, read_plain

DINGTALK, FEISHU, WECOM = "dingtalk", "feishu", "wecom"
KINDS = (DINGTALK, FEISHU, WECOM)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class NoSuchRobot(LookupError):
    """No robot of this name is set up."""


@dataclass(frozen=True, slots=True)
class Robot:
    """Where a robot listens. The address is a secret as well: who knows it can post."""

    name: str
    kind: str
    url: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the setting, and what to do."""

    sentence: str
    hint: str


type Reading = tuple[dict[str, Robot], tuple[Fault, ...]]


def robots() -> dict[str, Robot]:
    """The robots that are set up, by name; one with a fault is left out."""
    return read_robots(settings.ROBOT_SECRETS)[0]


def robot(name: str) -> Robot:
    """The robot of this name. Raise NoSuchRobot."""
    try:
        return robots()[name]
    except KeyError:
        raise NoSuchRobot(f"No robot {name!r} is set up") from None


@lru_cache(maxsize=4)
def read_robots(text: str) -> Reading:
    """Robots and faults of a YAML or JSON mapping: name → kind, url, secret."""
    try:
        given = read_plain(text) or {}
    except NotPlain:  # its sentence would quote a secret
        given = None
    if not isinstance(given, Mapping):
        hint = 'Write a mapping such as {marketing: {kind: dingtalk, url: "https://…", secret: "SEC…"}}.'
        return {}, (Fault("REMIT_ROBOTS cannot be read.", hint),)
    found = [_read(name, entry) for name, entry in given.items()]
    return (
        {each.name: each for each in found if isinstance(each, Robot)},
        tuple(each for each in found if isinstance(each, Fault)),
    )


def _read(name: Any, entry: Any) -> Robot | Fault:
    if not (isinstance(name, str) and re.fullmatch(r"[\w.-]{1,40}", name)):
        return Fault(
            f"A robot cannot be called {name!r}.", "Use 1 to 40 letters, digits, dots, hyphens, underscores."
        )
    if not isinstance(entry, Mapping) or not set(entry) <= {"kind", "url", "secret"}:
        return Fault(f"The robot {name} is not described.", "Give it kind, url and secret, and nothing else.")
    kind, url, secret = (entry.get(part, "") for part in ("kind", "url", "secret"))
    if kind not in KINDS:
        return Fault(f"The robot {name} is of no known kind.", f"Write one of {', '.join(KINDS)}.")
    if not _is_safe(url):
        return Fault(
            f"The robot {name} would be spoken to in the clear, or nowhere.",
            "Copy its whole address, which begins with https://; http:// is for this machine only.",
        )
    has_key = kind == WECOM and "key" in parse_qs(urlsplit(url).query)
    if not (isinstance(secret, str) and (secret or has_key)):
        return Fault(
            f"The robot {name} has no secret.",
            "Quote the secret of its signature; for WeCom the key, here or in the address.",
        )
    return Robot(name, kind, url, secret)


def _is_safe(url: Any) -> bool:
    """Encrypted, or on this machine; and without characters that would break a request apart."""
    if not (isinstance(url, str) and url.isascii() and url.isprintable() and " " not in url):
        return False
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return secure and bool(parts.hostname)
