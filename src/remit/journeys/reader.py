"""One mapping of a page of specification; every refusal says where and what to write."""

import re
import zoneinfo
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from remit.core.period import UnreadablePeriod, parse_period
from remit.core.unanswered import CannotAnswer

from .specification import Happening, When

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
WINDOW_MOST_S = 10 * 366 * 86_400


class WrongJourney(CannotAnswer):
    """A specification of a journey that cannot be understood."""


class Reader:
    """One mapping of the page at ``place``, whose keys are all to be known."""

    def __init__(self, said: Any, place: str, known: str) -> None:
        self.place = place
        if not isinstance(said, Mapping):
            raise WrongJourney(f"{place}: write keys and values ({known}), not {said!r}.")
        strange = sorted(str(key) for key in set(said) - set(known.split()))
        if strange:
            raise WrongJourney(
                f"{place} does not know {', '.join(strange)}. Keys: {', '.join(known.split())}."
            )
        self.said = said

    def wrong(self, key: str, hint: str) -> WrongJourney:
        return WrongJourney(f"{self.place}.{key}: {hint}, not {self.said.get(key)!r}.")

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them; at least one."""
        found = self.said.get(key)
        values = found if isinstance(found, list) else [found]
        if not values or any(isinstance(one, bool | dict | list) or one in (None, "") for one in values):
            raise self.wrong(key, "write a name or a list of names")
        return tuple(dict.fromkeys(map(str, values)))

    def text(self, key: str, default: str) -> str:
        found = self.said.get(key, default)
        if not isinstance(found, str | int) or found == "":
            raise self.wrong(key, "write a text")
        return str(found)

    def flag(self, key: str) -> bool:
        found = self.said.get(key, False)
        if not isinstance(found, bool):
            raise self.wrong(key, "write true or false")
        return found

    def number(self, key: str, default: int, low: int, high: int) -> int:
        found = self.said.get(key, default)
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            raise self.wrong(key, f"write a whole number from {low} to {high}")
        return found

    def choice[Choice: StrEnum](self, key: str, default: Choice) -> Choice:
        found = self.said.get(key, default)
        kinds = type(default)
        if found not in list(kinds):
            raise self.wrong(key, f"write one of {', '.join(kinds)}")
        return kinds(found)

    def where(self) -> dict[str, tuple[str, ...]]:
        said = self.said.get("where", {})
        if not isinstance(said, Mapping):
            raise self.wrong("where", "write column: value, or column: [value, value]")
        inner = Reader(said, f"{self.place}.where", " ".join(map(str, said)))
        return {str(key): inner.texts(key) for key in said}

    def zone(self) -> str:
        name = self.text("zone", "UTC")
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
            raise self.wrong("zone", "write a time zone such as Asia/Taipei") from error
        return name

    def period(self) -> When:
        try:
            return parse_period(str(self.said.get("period", "all")))
        except UnreadablePeriod as error:
            raise WrongJourney(f"{self.place}.period: {error}") from error

    def seconds(self, key: str, default: str) -> int:
        said = str(self.said.get(key, default))
        match = re.fullmatch(r"(\d+) (second|minute|hour|day|week)s?", said.strip())
        seconds = int(match[1]) * SECONDS[match[2]] if match else -1
        if not 0 <= seconds <= WINDOW_MOST_S:
            raise self.wrong(key, "write a length such as 30 minutes, 7 days or 12 weeks, ten years at most")
        return seconds

    def many(self, key: str, *, needed: bool = True) -> list[Any]:
        found = self.said.get(key, [])
        if not isinstance(found, list) or (needed and not found):
            raise self.wrong(key, "write a list")
        return found

    def happening(self, key: str) -> Happening:
        """A name, a list of names, or event and where."""
        found = self.said.get(key)
        if not isinstance(found, Mapping):
            return Happening(self.texts(key))
        return self._happening(found, f"{self.place}.{key}")

    def happenings(self, key: str) -> Iterator[Happening]:
        """None, or a list of names or of event and where."""
        for number, one in enumerate(self.many(key, needed=False), 1):
            found = one if isinstance(one, Mapping) else {"event": one}
            yield self._happening(found, f"{self.place}.{key}[{number}]")

    @staticmethod
    def _happening(found: Mapping[str, Any], place: str) -> Happening:
        page = Reader(found, place, "event where")
        return Happening(page.texts("event"), page.where())
