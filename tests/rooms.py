"""What the tests of the dimension rooms share: a lake of their own, a small organisation, a moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client

from remit.lake.queries import the_lake
from remit.org.models import Assignment, Person, Position, Unit

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # noon in Taipei


@dataclass
class Organisation:
    """group ─┬─ grocer (USD) ─┬─ east; west
    └─ market (TWD)
    """

    units: dict[str, Unit]

    def person(self, unit: str, abilities: tuple[str, ...] = ()) -> Person:
        """Somebody with a position in one unit."""
        code = "-".join(("p", *abilities)).replace("_", "-")
        position, _made = Position.objects.get_or_create(
            code=code, defaults={"name": code, "abilities": list(abilities)}
        )
        name = f"{unit}-{Person.objects.count()}"
        person = Person.objects.create(email=f"{name}@example.org", name=name)
        Assignment.objects.create(
            person=person, position=position, unit=self.units[unit], starts_on=date(2020, 1, 1)
        )
        return person


@pytest.fixture
def browse(house):
    """``browse("ana")``: that person of the module's own house, logged in, in English."""

    def client(name: str) -> Client:
        found = Client(HTTP_ACCEPT_LANGUAGE="en")
        found.force_login(house[name])
        return found

    return client


@pytest.fixture
def lake_folder(settings: Any, tmp_path: Any) -> None:
    settings.LAKE_URL = str(tmp_path / "lake")


@pytest.fixture
def organisation(db: None, lake_folder: None) -> Organisation:
    group = Unit.objects.add_root({"code": "group", "name": "集團"})
    grocer = Unit.objects.add_child(
        group, {"code": "grocer", "name": "雜貨", "is_company": True, "currency": "USD"}
    )
    market = Unit.objects.add_child(
        group, {"code": "market", "name": "市場", "is_company": True, "currency": "TWD", "region": "Taipei"}
    )
    east = Unit.objects.add_child(
        grocer, {"code": "east", "name": "東區", "name_en": "East side", "region": "East"}
    )
    west = Unit.objects.add_child(grocer, {"code": "west", "name": "西區", "region": "West"})
    return Organisation({unit.code: unit for unit in (group, grocer, market, east, west)})


def batches(*rows: dict[str, Any]) -> list[pa.RecordBatch]:
    """One batch of rows; what a row does not say is null."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: [row.get(name) for row in rows] for name in names}).to_batches()


def published(table: str, *columns: str) -> list[tuple[Any, ...]]:
    """What the lake holds of a dimension, ordered by the columns asked for."""
    import duckdb

    sql = the_lake().snapshot(table).sql()
    return duckdb.sql(f"SELECT {', '.join(columns)} FROM ({sql}) ORDER BY ALL").fetchall()
