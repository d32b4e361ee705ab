"""A company whose households buy once a week, so that what a campaign adds is known to the cent."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from remit.lake.queries import the_lake
from remit.lake.tables import TABLES
from remit.org.models import Unit
from remit.planning.models import Campaign
from tests.rooms import AT

FIRST, WEEKS = date(2017, 1, 1), 52
STARTS, ENDS = date(2017, 6, 5), date(2017, 7, 2)  # four weeks
REACHED, UNREACHED, EXTRA = range(40), range(100, 180), Decimal(5)


def append(table: str, rows: list[dict[str, Any]], key: str = "1") -> None:
    """Rows straight into the lake; what a row does not say is null."""
    schema = TABLES[table].schema
    loose = pa.schema([pa.field(one.name, one.type) for one in schema])
    filled = [{name: row.get(name) for name in schema.names} for row in rows]
    the_lake().append(table, pa.Table.from_pylist(filled, schema=loose), source="test", key=f"{table}-{key}")


def campaign(unit: Unit, code: str = "K", **more: Any) -> Campaign:
    values = {"campaign_type": "T", "starts_on": STARTS, "ends_on": ENDS, "described": True, **more}
    return Campaign.objects.create(unit=unit, code=code, changed_at=AT, **values)


def contacts(unit: Unit, of: Campaign, customers: Any, key: str) -> None:
    common = {"import_id": 1, "unit_id": unit.pk, "campaign_id": of.pk, "channel": "mail"}
    append("exposures", [{**common, "customer_id": c, "exposed_on": of.starts_on} for c in customers], key)


def weekly_sales(unit: Unit, extra: Decimal = EXTRA) -> None:
    """Each household spends 20 to 29 a week; the reached ``extra`` more in the days of the campaign."""
    rows = []
    for customer in (*REACHED, *UNREACHED):
        for week in range(WEEKS):
            day = FIRST + timedelta(days=7 * week + customer % 7)
            more = extra if customer in REACHED and STARTS <= day <= ENDS else Decimal(0)
            rows.append({
                "import_id": 1, "unit_id": unit.pk, "customer_id": customer, "sold_on": day, "product_id": 1,
                "order_code": f"{customer}-{week}", "line_code": "1", "currency": "USD",
                "net_sales": Decimal(20 + customer % 10) + more,
            })  # fmt: skip
    append("order_lines", rows)


def redeemed(unit: Unit, of: Campaign) -> None:
    """Two households redeem a coupon on goods that were 1.50 and 0.40 (by the maker) cheaper."""
    common = {"import_id": 1, "unit_id": unit.pk, "campaign_id": of.pk, "coupon_code": "C"}
    append("coupons", [{**common, "product_id": 7, "offered_on": STARTS}])
    day = STARTS + timedelta(days=2)
    append("redemptions", [{**common, "customer_id": c, "redeemed_on": day} for c in (0, 0, 1)])
    line = {
        "import_id": 1, "unit_id": unit.pk, "sold_on": day, "line_code": "1", "currency": "USD",
        "net_sales": Decimal(0), "discount": Decimal("1.50"), "coupon_value": Decimal("0.40"),
    }  # fmt: skip
    rows = [
        {**line, "customer_id": c, "product_id": p, "order_code": f"r{c}{p}"}
        for c in (0, 1, 2)
        for p in (7, 8)
    ]
    append("order_lines", rows, "reduced")
