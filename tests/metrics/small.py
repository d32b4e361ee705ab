"""A small lake written by hand: two companies, two currencies, unknown values, returns, ties.

journey (id 1, USD): outlets 101 (East), 102 (West), 103 (no region); tafeng (id 2, TWD): no outlets, no
hours, but costs. Ids of units: 1, 2, 11 (journey-east), 12 (journey-west).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from remit.core.scope import Scope
from remit.lake.store import Lake
from remit.lake.tables import TABLES

FOREVER = {"valid_from": date(1, 1, 1), "valid_to": date(9999, 12, 31)}
JOURNEY, TAFENG = Scope(companies=frozenset({1})), Scope(companies=frozenset({2}))
BOTH = Scope(companies=frozenset({1, 2}))
EVERYTHING = Scope.system("a test")
EAST = Scope(outlets=frozenset({101}))

# unit, outlet, customer, product, order, line, day, hour, quantity, sold by, net, discount, coupon, cost
_LINES = """
1 101 1 1 a1 1 2017-01-01 9  2    piece  3.98   0.50 0    -
1 101 1 2 a1 2 2017-01-01 9  1    piece  1.25   0    0.25 -
1 101 2 2 a2 1 2017-01-01 9  1    piece  1.25   0    0    -
1 102 2 3 a3 1 2017-01-15 18 3    -      6.60   0.90 0    -
1 102 3 4 a4 1 2017-01-31 23 8125 volume 20.31  0    0    -
1 101 1 1 a5 1 2017-02-10 0  1    piece  1.99   0    0    -
1 101 1 1 a6 1 2017-02-11 7  -1   piece  -1.99  0    0    -
1 102 3 2 a7 1 2017-03-01 12 4    piece  5.00   -    0    -
1 102 3 6 a7 2 2017-03-01 12 -    -      2.50   0    0    -
1 103 4 3 a8 1 2017-03-06 8  1    piece  2.20   0.30 0    -
1 101 -  1 a9 1 2017-03-12 8  1    piece  1.99   0    0    -
1 101 4 1 b1 1 2017-03-12 10 2    piece  3.98   0    0    -
1 101 1 2 b2 1 2017-03-31 11 1    piece  1.10   0.15 0    -
1 -   2 3 b3 1 2017-04-30 -  1    piece  2.20   0    0    -
1 102 5 1 b4 1 2017-06-30 15 2    piece  3.98   0.50 0.10 -
1 102 5 3 b4 2 2017-06-30 15 1    piece  2.20   0    0    -
1 102 5 3 b5 1 2017-07-30 15 1    piece  2.20   0    0    -
1 101 2 1 b6 1 2017-09-29 16 5    piece  9.95   0    0    -
1 101 3 2 b7 1 2017-10-02 16 1    piece  1.25   0    0    -
1 102 1 3 b8 1 2017-12-01 20 2    weight 4.40   0.60 0    -
1 102 1 3 b9 1 2017-12-30 20 1    piece  2.20   0    0    -
1 101 4 2 c1 1 2017-12-31 21 1    piece  1.25   0    0    -
2 -   11 21 a1 1 2000-11-01 -  1    piece  120    -    -    100
2 -   11 22 a1 2 2000-11-01 -  2    piece  90     -    -    95
2 -   12 21 a2 1 2000-11-15 -  1    piece  120    -    -    100
2 -   11 21 a3 1 2000-12-01 -  3    piece  360    -    -    300
2 -   13 22 a4 1 2000-12-25 -  1    piece  45     -    -    -
2 -   12 22 a5 1 2001-01-15 -  1    piece  48     -    -    47.5
2 -   12 22 a6 1 2001-01-15 -  -1   piece  -48    -    -    -47.5
2 -   13 21 a7 1 2001-02-28 -  1    piece  119    -    -    100
"""
_EXPOSURES = """
1 1 51 mail 2017-01-10
1 1 52 mail 2017-03-01
1 2 51 mail 2017-01-10
1 3 52 app  2017-03-01
1 3 52 mail 2017-03-02
1 4 53 app  2017-06-01
"""
_REDEMPTIONS = """
1 1 51 k1 2017-01-20
1 1 51 k2 2017-01-20
1 1 52 k3 2017-03-05
1 3 52 k3 2017-03-31
1 5 -  k9 2017-03-31
"""
_SPEND = """
1 51 s1 mail   2017-01-05 10.00
1 52 s2 mail   2017-03-01 7.50
1 52 s3 app    2017-03-01 2.50
1 -  s4 search 2017-03-15 4.00
1 -  s5 search 2017-03-20 -1.00
"""
_STOCK = """
1 101 1 2017-03-01 10 15.00
1 101 2 2017-03-01 4  4.00
1 102 1 2017-03-15 20 30.00
1 102 3 2017-03-15 5  -
"""
_PLACEMENTS = """
1 101 1 2017-02-27 - A
1 101 2 2017-02-27 5 -
1 102 1 2017-02-27 5 A
1 102 3 2017-03-06 - -
"""
# id, unit, place, duty, chapter, rhythm, due, state, on time, deliveries, returns, evidence needed, given,
# missing, hours, accountable
_OCCURRENCES = """
1 1 journey      H2.1 H2 monthly 2017-01-31 accepted  yes 1 0 1 2 0 2    7
2 1 journey      H2.1 H2 monthly 2017-02-28 accepted  no  2 1 1 1 0 2    7
3 1 journey-east H2.2 H2 weekly  2017-02-03 open      no  1 1 2 1 1 0.5  8
4 1 journey-east H2.2 H2 weekly  2017-02-10 waived    no  0 0 2 0 2 0.5  -
5 1 journey      H3.1 H3 weekly  2017-02-10 delivered yes 1 0 1 1 0 1.25 7
6 1 journey      H3.1 H3 weekly  2017-02-17 accepted  yes 1 0 1 0 1 1.25 -
7 1 journey      H3.2 H3 event   2017-02-20 waived    no  0 0 1 0 1 4    7
8 2 tafeng       H2.1 H2 monthly 2000-11-30 accepted  no  3 2 1 1 0 2    9
9 2 tafeng       H4.1 H4 yearly  2001-01-10 open      no  0 0 1 0 1 8    9
"""
# id, unit, place, duty, chapter, rhythm, day, has an accountable, has a responsible, hours a month
_CHARGES = """
1 1 journey      H2.1 H2 monthly 2017-12-31 yes yes 2
2 1 journey-east H2.2 H2 weekly  2017-12-31 no  yes 2.167
3 1 journey      H3.1 H3 weekly  2017-12-31 yes no  5.417
4 2 tafeng       H2.1 H2 monthly 2001-02-28 no  no  2
"""
_COLUMNS: Mapping[str, tuple[str, Sequence[str]]] = {
    "order_lines": (
        _LINES,
        (
            "unit_id", "outlet_id", "customer_id", "product_id", "order_code", "line_code", "sold_on",
            "sold_hour", "quantity", "sold_by", "net_sales", "discount", "coupon_value", "cost",
        ),
    ),
    "exposures": (_EXPOSURES, ("unit_id", "customer_id", "campaign_id", "channel", "exposed_on")),
    "redemptions": (
        _REDEMPTIONS, ("unit_id", "customer_id", "campaign_id", "coupon_code", "redeemed_on"),
    ),
    "spend": (_SPEND, ("unit_id", "campaign_id", "spend_code", "channel", "spent_on", "amount")),
    "stock": (_STOCK, ("unit_id", "outlet_id", "product_id", "stock_on", "quantity", "value")),
    "placements": (_PLACEMENTS, ("unit_id", "outlet_id", "product_id", "week_on", "display", "mailer")),
    "occurrences": (
        _OCCURRENCES,
        (
            "occurrence_id", "unit_id", "place", "duty", "chapter", "rhythm", "due_on", "state", "on_time",
            "deliveries", "returns", "evidence_needed", "evidence_given", "evidence_missing", "hours",
            "accountable_id",
        ),
    ),
    "charges": (
        _CHARGES,
        (
            "charge_id", "unit_id", "place", "duty", "chapter", "rhythm", "counted_on", "has_accountable",
            "has_responsible", "hours_per_month",
        ),
    ),
}  # fmt: skip
_DIMENSIONS: Mapping[str, list[dict[str, Any]]] = {
    "units": [
        {"id": 1, "code": "journey", "unit_id": 1, "name": "Journey", "is_company": True, "currency": "USD"},
        {"id": 2, "code": "tafeng", "unit_id": 2, "name": "大豐連鎖超市", "name_en": "Ta Feng",
         "is_company": True, "currency": "TWD"},
        {"id": 11, "code": "journey-east", "unit_id": 1, "name": "East", "parent_id": 1},
        {"id": 12, "code": "journey-west", "unit_id": 1, "name": "West", "parent_id": 1},
    ],
    "outlets": [
        {"id": 101, "code": "e1", "company_id": 1, "unit_id": 11, "name": "Elm",
         "region": "East", "kind": "store"},
        {"id": 102, "code": "w1", "company_id": 1, "unit_id": 12, "name": "Oak",
         "region": "West", "kind": "store"},
        {"id": 103, "code": "x1", "company_id": 1, "unit_id": None, "name": None, "kind": "online"},
    ],
    "products": [
        {"id": 1, "code": "p1", "unit_id": 1, "name": "Apple", "department": "PRODUCE", "category": "FRUIT",
         "brand": "Private"},
        {"id": 2, "code": "p2", "unit_id": 1, "name": "Soup", "department": "GROCERY", "category": "SOUP",
         "brand": "National"},
        {"id": 3, "code": "p3", "unit_id": 1, "name": "Bread", "department": "GROCERY", "category": "BREAD",
         "brand": "Private"},
        {"id": 4, "code": "p4", "unit_id": 1, "name": "Petrol", "department": "FUEL", "category": "FUEL"},
        {"id": 6, "code": "p6", "unit_id": 1},
        {"id": 21, "code": "p1", "unit_id": 2, "category": "100101"},
        {"id": 22, "code": "p2", "unit_id": 2, "category": "100102"},
    ],
    "customers": [
        {"id": 1, "code": "c1", "unit_id": 1, "age_group": "25-34", "income": "50-74K"},
        {"id": 2, "code": "c2", "unit_id": 1, "age_group": "25-34"},
        {"id": 3, "code": "c3", "unit_id": 1, "age_group": "65+"},
        {"id": 4, "code": "c4", "unit_id": 1},
        {"id": 5, "code": "c5", "unit_id": 1},
        {"id": 11, "code": "c1", "unit_id": 2, "age_group": "25-34", "area": "115"},
        {"id": 12, "code": "c2", "unit_id": 2, "age_group": "35-44", "area": "221"},
        {"id": 13, "code": "c3", "unit_id": 2},
    ],
    "campaigns": [
        {"id": 51, "code": "18", "unit_id": 1, "name": "Winter", "campaign_type": "Type A"},
        {"id": 52, "code": "19", "unit_id": 1, "name": "Spring", "campaign_type": "Type B"},
        {"id": 53, "code": "20", "unit_id": 1, "name": "Summer", "campaign_type": "Type A"},
    ],
    "rates": [
        {"id": 1, "code": "1", "base": "TWD", "quote": "USD", "day": date(2000, 10, 1),
         "rate": Decimal("0.03"), "source": "bank"},
        {"id": 2, "code": "2", "base": "TWD", "quote": "USD", "day": date(2001, 1, 10),
         "rate": Decimal("0.02"), "source": "bank"},
    ],
}  # fmt: skip
CURRENCIES = {1: "USD", 2: "TWD"}


def small_lake(folder: Path) -> Lake:
    """Write all tables of the small lake into a folder."""
    lake = Lake(str(folder))
    for name, (text, columns) in _COLUMNS.items():
        put(lake, name, [_fact(name, columns, line) for line in text.strip().splitlines()], key="small")
    for name, rows in _DIMENSIONS.items():
        put(lake, name, [{**FOREVER, **row} for row in rows], key="small")
    return lake


def put(lake: Lake, name: str, rows: list[dict[str, Any]], key: str) -> None:
    """Append rows, as an import would; columns that a row does not name are null."""
    columns = [
        pa.array([row.get(column.name) for row in rows], type=column.type) for column in TABLES[name].columns
    ]
    schema = pa.schema([pa.field(column.name, column.type) for column in TABLES[name].columns])
    lake.append(name, pa.table(columns, schema=schema), source="tests", key=key)


def _fact(name: str, columns: Sequence[str], line: str) -> dict[str, Any]:
    table = TABLES[name]
    row: dict[str, Any] = {"import_id": 1}
    for column, text in zip(columns, line.split(), strict=True):
        row[column] = None if text == "-" else _typed(table.by_name[column].type, text)
    if "currency" in table.by_name:
        row["currency"] = CURRENCIES[row["unit_id"]]
    return row


def _typed(kind: pa.DataType, text: str) -> Any:
    if pa.types.is_decimal(kind):
        return Decimal(text)
    if pa.types.is_boolean(kind):
        return text == "yes"
    if pa.types.is_date(kind):
        return date.fromisoformat(text)
    return int(text) if pa.types.is_integer(kind) else text
