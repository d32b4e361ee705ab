"""A small company for the pages about figures: two companies, three outlets, known sales.

grocer (USD): east has outlet E1, west has W1; market (TWD): M1. Freshest day of the grocer: 31 Mar 2017.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client

from remit.lake.queries import the_lake
from remit.lake.tables import TABLES
from remit.org import scopes
from remit.org.enums import Ability, Board
from remit.org.models import Assignment, Person, Position, Unit

START, END = date(1, 1, 1), date(9999, 12, 31)
E1, W1, M1 = 11, 12, 13


@dataclass
class House:
    """``units`` and ``people`` by name; ``lines`` are the rows of sales."""

    units: dict[str, Unit]
    people: dict[str, Person]
    lines: list[dict[str, Any]]

    def client(self, name: str) -> Client:
        """A browser of one of the people, in English."""
        client = Client(headers={"accept-language": "en"})
        client.force_login(self.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def sales(self, *outlets: int, first: date, last: date) -> Decimal:
        """Net sales by hand."""
        return sum(
            (
                r["net_sales"]
                for r in self.lines
                if r["outlet_id"] in outlets and first <= r["sold_on"] <= last
            ),
            Decimal(0),
        )


def _line(
    company: int, outlet: int, n: int, day: date, customer: int, product: int, money: str, currency: str
) -> dict[str, Any]:
    return {
        "import_id": 1,
        "unit_id": company,
        "outlet_id": outlet,
        "customer_id": customer,
        "product_id": product,
        "order_code": f"o{outlet}-{n}",
        "line_code": "1",
        "sold_on": day,
        "sold_hour": 9 + n % 10 if currency == "USD" else None,
        "quantity": Decimal(1),
        "sold_by": "piece",
        "net_sales": Decimal(money),
        "discount": Decimal("0.10"),
        "coupon_value": None,
        "cost": None,
        "currency": currency,
    }


def sales_of(grocer: int, market: int) -> list[dict[str, Any]]:
    """Ninety days of sales in the three outlets."""
    rows = []
    for n in range(90):
        day = date(2017, 1, 1) + timedelta(days=n)
        rows.append(_line(grocer, E1, n, day, 1 + n % 3, 1 + n % 2, f"{10 + n % 7}.50", "USD"))
        rows.append(_line(grocer, W1, n, day, 4 + n % 2, 2, "5.00", "USD"))
        rows.append(_line(market, M1, n, date(2001, 1, 1) + timedelta(days=n % 59), 9, 3, "300", "TWD"))
    return rows


def _dimension(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = TABLES[name].schema
    full = [
        {field.name: None for field in schema} | {"valid_from": START, "valid_to": END} | row for row in rows
    ]
    return pa.Table.from_pylist(full, schema=schema)


def _outlet(number: int, code: str, name: str, company: int, unit: int, region: str) -> dict[str, Any]:
    return {
        "id": number,
        "code": code,
        "name": name,
        "company_id": company,
        "unit_id": unit,
        "region": region,
    }


def _product(
    number: int, code: str, name: str, department: str, brand: str | None, company: int
) -> dict[str, Any]:
    return {
        "id": number,
        "code": code,
        "name": name,
        "department": department,
        "brand": brand,
        "unit_id": company,
    }


def fill(units: dict[str, Unit], lines: list[dict[str, Any]]) -> None:
    """Write sales and dimensions into the lake; ``units`` by the names of this house."""
    lake = the_lake()
    grocer, market = units["grocer"].pk, units["market"].pk
    facts = [{field.name: None for field in TABLES["order_lines"].schema} | row for row in lines]
    lake.append(
        "order_lines",
        pa.Table.from_pylist(facts, schema=TABLES["order_lines"].schema),
        source="test",
        key="1",
    )
    dimensions = {
        "units": [
            {"id": u.pk, "code": u.code, "name": u.name, "name_en": u.name_en} for u in units.values()
        ],
        "outlets": [
            _outlet(E1, "E1", "Harbour", grocer, units["east"].pk, "East"),
            _outlet(W1, "W1", "Prairie", grocer, units["west"].pk, "West"),
            _outlet(M1, "M1", "Taipei", market, market, "Taipei"),
        ],
        "products": [
            _product(1, "P1", "Apples", "PRODUCE", "National", grocer),
            _product(2, "P2", "Milk", "DAIRY", "Private", grocer),
            _product(3, "P3", "Rice", "DRY", None, market),
        ],
        "customers": [
            {"id": n, "code": f"C{n}", "unit_id": company, "age_group": age}
            for n, company, age in (
                (1, grocer, "25-34"), (2, grocer, "25-34"), (3, grocer, None), (4, grocer, None),
                (5, grocer, None),
                (9, market, None),
            )
        ],
    }  # fmt: skip
    for name, rows in dimensions.items():
        known = set(TABLES[name].by_name)
        kept = [{key: value for key, value in row.items() if key in known} for row in rows]
        lake.replace(name, _dimension(name, kept), seen_version=-1)


def _people(units: dict[str, Unit]) -> dict[str, Person]:
    define = [Ability.DEFINE_FIGURES]
    cast = {
        "director": ("group", Board.DIRECTOR, define),
        "analyst": ("grocer", Board.ANALYST, define),
        "east": ("east", Board.CHANNEL, []),
        "west": ("west", Board.CHANNEL, define),
        "market": ("market", Board.BRAND, []),
    }
    people = {}
    for name, (unit, board, abilities) in cast.items():
        position = Position.objects.create(
            code=f"p-{name}", name=name, name_en=name, board=board, abilities=abilities
        )
        person = Person.objects.create(email=f"{name}@example.org", name=name, name_en=name)
        Assignment.objects.create(
            person=person, position=position, unit=units[unit], starts_on=date(2000, 1, 1)
        )
        people[name] = person
    people["nobody"] = Person.objects.create(email="nobody@example.org", name="nobody")
    return people


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Any, monkeypatch: Any) -> House:
    """The house, its lake in a folder of its own."""
    settings.LAKE_URL = str(tmp_path / "lake")
    group = Unit.objects.add_root({"code": "group", "name": "集團", "name_en": "Group"})
    grocer = Unit.objects.add_child(
        group, {"code": "grocer", "name": "雜貨", "name_en": "Grocer", "is_company": True, "currency": "USD"}
    )
    market = Unit.objects.add_child(
        group, {"code": "market", "name": "市場", "name_en": "Market", "is_company": True, "currency": "TWD"}
    )
    east = Unit.objects.add_child(
        grocer, {"code": "east", "name": "東區", "name_en": "East", "region": "East"}
    )
    west = Unit.objects.add_child(
        grocer, {"code": "west", "name": "西區", "name_en": "West", "region": "West"}
    )
    units = {unit.code: unit for unit in (group, grocer, market, east, west)}
    outlets = {east.pk: {E1}, west.pk: {W1}, market.pk: {M1}}
    monkeypatch.setattr(
        scopes, "_sources", [lambda ids: set().union(*(outlets.get(i, set()) for i in ids), set())]
    )
    lines = sales_of(grocer.pk, market.pk)
    fill(units, lines)
    return House(units, _people(units), lines)
