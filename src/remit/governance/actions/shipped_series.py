"""The series of the handbook, which ship as data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from remit.core.text import Text
from remit.org.models import Person, Unit

from ..models import MeetingSeries
from ..models.meeting import Standing
from .series import start_series

SHIPPED = Path(__file__).parent.parent / "meetings" / "series.yaml"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A series as the handbook has it; ``standing`` holds texts in both languages."""

    code: str
    clause: str
    title: Text
    rhythm: str
    day: int
    at: time
    minutes: int
    standing: tuple[dict[str, Any], ...]

    def standing_in(self, language: str) -> Standing:
        """The items of every agenda, in one language: what people write on agendas has one too."""
        return [
            {name: value.say(language) if isinstance(value, Text) else value for name, value in row.items()}
            for row in self.standing
        ]


@cache
def shipped_series() -> dict[str, Shipped]:
    """By code, in the order of the file."""
    rows = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return {row["code"]: _read(row) for row in rows}


@transaction.atomic
def start_shipped(
    *, code: str, unit: Unit, chair: Person, members: Iterable[Person], by: Person | None, at: datetime
) -> MeetingSeries:
    """Set one up for a unit as the handbook has it, in the language of the installation."""
    row, language = shipped_series()[code], settings.LANGUAGE_CODE
    return start_series(
        unit=unit, title=row.title.say(language), rhythm=row.rhythm, day=row.day, time_of_day=row.at,
        chair=chair, members=members, code=code, duration_min=row.minutes,
        standing=row.standing_in(language), by=by, at=at,
    )  # fmt: skip


def _read(row: dict[str, Any]) -> Shipped:
    standing = tuple(
        {name: _text(value) if isinstance(value, dict) else value for name, value in item.items()}
        for item in row["standing"]
    )
    return Shipped(
        row["code"], row["clause"], _text(row["title"]), row["rhythm"], row["day"],
        time.fromisoformat(row["at"]), row["minutes"], standing,
    )  # fmt: skip


def _text(value: dict[str, str]) -> Text:
    return Text(value["zh"], value["en"])
