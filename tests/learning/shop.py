"""A company of six hundred customers with lasting habits and eight weeks of sales: always the same ones."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from remit.kernels.experiments.assigning import assign
from remit.lake.queries import the_lake
from remit.lake.tables import TABLES
from remit.learning.actions.experiment import Given, add_experiment, start_experiment
from remit.learning.models import Experiment
from remit.learning.queries.definitions import definition_of, whole
from remit.org.models import Unit

DAY = date(2020, 1, 1)
STARTS = date(2026, 2, 1)  # a Sunday, four weeks before AT
LAST = date(2026, 2, 28)
AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
BEGAN = datetime(2026, 2, 10, 4, 0, tzinfo=UTC)  # of a diagnosis
PEOPLE = 600
SALT = "shop-salt"
GIVEN = (Given("control", "照舊", 1), Given("video", "加影片", 1))
METRICS = {"net_sales": "primary", "buyers": "guardrail", "basket_value": "secondary"}
WORDS = {
    "title": "商品頁加影片", "hypothesis": "看了影片的人會買得更多。",
    "pain_point": "三成客訴說看不出商品實際大小。", "kind": "other", "audience": "everybody", "start": 0,
    "end": 10_000, "conditions": [], "starts_on": STARTS, "days": 14, "extra_days": 14, "mode": "daily",
    "planned_effect": Decimal("0.1"), "uses_past": True, "cap": None,
}  # fmt: skip


def append(table: str, rows: list[dict[str, Any]], key: str = "1") -> None:
    """Rows straight into the lake; what a row does not say is null."""
    schema = TABLES[table].schema
    loose = pa.schema([pa.field(one.name, one.type) for one in schema])
    filled = [{name: row.get(name) for name in schema.names} for row in rows]
    the_lake().append(table, pa.Table.from_pylist(filled, schema=loose), source="test", key=f"{table}-{key}")


def customers(unit: Unit) -> list[dict[str, Any]]:
    return [
        {"id": number, "code": f"C{number:04}", "unit_id": unit.pk, "valid_to": date(9999, 12, 31),
         "age_group": ("25-34", "35-44", None)[number % 3], "valid_from": date(1, 1, 1)}
        for number in range(1, PEOPLE + 1)
    ]  # fmt: skip


def line(unit: Unit) -> dict[str, Any]:
    return {"import_id": 1, "unit_id": unit.pk, "product_id": 1, "line_code": "1", "currency": "USD"}


def sales(unit: Unit) -> list[dict[str, Any]]:
    """Baskets from four weeks before the start to the last day."""
    random = np.random.default_rng(8)
    rates, sizes = random.gamma(2, 0.05, PEOPLE), random.lognormal(3, 0.4, PEOPLE)
    rows = []
    for back in range((LAST - STARTS).days + 1 + 28):
        day = STARTS - timedelta(days=28) + timedelta(days=back)
        for place in np.flatnonzero(random.random(PEOPLE) < rates):
            amount = Decimal(f"{sizes[place] * random.lognormal(0, 0.3):.2f}")
            rows.append({
                **line(unit), "customer_id": int(place) + 1, "sold_on": day, "order_code": f"{place}-{day}",
                "net_sales": amount,
            })  # fmt: skip
    return rows


def fill(unit: Unit) -> None:
    """Customers and sales; besides, another company's, which nobody may read here."""
    append("customers", customers(unit))
    append("order_lines", sales(unit))
    stranger = {
        **line(unit), "unit_id": unit.pk + 1, "customer_id": 1, "sold_on": STARTS, "order_code": "x",
        "net_sales": Decimal(10**9),
    }  # fmt: skip
    append("order_lines", [stranger], "stranger")


def lift(unit: Unit, experiment: Experiment, variant: str, amount: int, key: str = "lift") -> None:
    """Everybody of a variant buys once more, on the first day."""
    definition = definition_of(whole(Experiment.objects.all()).get(pk=experiment.pk))
    rows = [
        {**line(unit), "customer_id": one["id"], "sold_on": STARTS, "net_sales": Decimal(amount),
         "order_code": f"more-{key}-{one['code']}"}
        for one in customers(unit)
        if assign(definition, one["code"], {"age_group": one["age_group"]}).variant == variant
    ]  # fmt: skip
    append("order_lines", rows, key)


def prepared(shop: dict[str, Any], key: str = "video", **more: Any) -> Experiment:
    """An experiment in preparation."""
    values = {"variants": GIVEN, "metrics": METRICS, "layer": None, "salt": f"{SALT}-{key}", **WORDS, **more}
    return add_experiment(unit=shop["unit"], key=key, owner=shop["owner"], by=shop["owner"], at=AT, **values)


def started(shop: dict[str, Any], key: str = "video", **more: Any) -> Experiment:
    """One that runs."""
    return start_experiment(experiment=prepared(shop, key, **more), by=shop["owner"], at=AT)
