"""Customers as figures group them; who they are stays in the database."""

from remit.core.text import Text

from .shared import ENTITY_CODE, ENTITY_ID, ENTITY_UNIT, VALID
from .table import TEXT, Column, Table


def _attribute(name: str, title: Text, meaning: Text, *headers: str) -> Column:
    return Column(name, TEXT, title, meaning, headers=headers, length_max=80 if name == "area" else 40)


CUSTOMERS = Table(
    name="customers",
    title=Text("客戶", "Customers"),
    grain=Text("一位客戶（或一戶）的一個版本。", "One version of one customer or household."),
    kind="dimension",
    day=None,
    key=("unit_id", "code"),
    columns=(
        ENTITY_ID,
        ENTITY_CODE,
        ENTITY_UNIT,
        _attribute(
            "age_group",
            Text("年齡層", "Age group"),
            Text("年齡層；不知道時為空。", "Age group; null where unknown."),
            "age",
            "age_band",
            "年齡",
            "年齡層",
            "年齡段",
        ),
        _attribute(
            "area",
            Text("居住地區", "Area"),
            Text("居住的地區或郵遞區號。", "Where they live: area or postal code."),
            "pin_code",
            "postcode",
            "zip",
            "zip_code",
            "postal_code",
            "residence",
            "地區",
            "居住地",
            "郵遞區號",
        ),
        _attribute(
            "income",
            Text("收入", "Income"),
            Text("收入級距；不知道時為空。", "Income band; null where unknown."),
            "income_range",
            "收入",
            "所得",
            "收入級距",
        ),
        _attribute(
            "household",
            Text("家庭", "Household"),
            Text("家庭組成或人數。", "Make-up or size of the household."),
            "household_size",
            "household_comp",
            "hh_size",
            "家庭",
            "家庭人數",
            "家庭組成",
        ),
        _attribute(
            "home_ownership",
            Text("住房", "Home"),
            Text("自有或租屋。", "Whether the home is owned or rented."),
            "homeowner",
            "home",
            "住房",
            "住宅",
            "自有住宅",
        ),
        _attribute(
            "marital",
            Text("婚姻", "Marital status"),
            Text("婚姻狀況。", "Marital status."),
            "marital_status",
            "married",
            "婚姻",
            "婚姻狀況",
        ),
        _attribute(
            "kids",
            Text("子女", "Children"),
            Text("家中子女數。", "Number of children at home."),
            "kids_count",
            "children",
            "子女",
            "子女數",
        ),
        *VALID,
    ),
)
