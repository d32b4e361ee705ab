"""By what figures are split and filtered: where each dimension's value lies, and how rows reach it."""

from dataclasses import dataclass
from enum import StrEnum

from remit.core.text import Text
from remit.lake.tables import TABLES


class Kind(StrEnum):
    ENTITY = "entity"  # a thing with an id and a code: grouped by id, shown by code and name
    ATTRIBUTE = "attribute"  # a property of such a thing
    OWN = "own"  # a column of the fact itself
    TIME = "time"  # derived from the fact's business day
    HOUR = "hour"  # the local hour; only for facts that carry a time of day


@dataclass(frozen=True, slots=True)
class Dimension:
    """``via`` is the fact's column that holds the id in ``table``; ``column`` is what is grouped by.

    ``label`` is the column with the name; ``label_en`` that with the English one, where things have two.
    """

    name: str
    title: Text
    kind: Kind
    via: str = ""
    table: str = ""
    column: str = ""
    label: str = ""
    label_en: str = ""

    def fits(self, fact: str) -> bool:
        """Whether rows of this fact table can be split by the dimension."""
        columns = TABLES[fact].by_name
        if self.kind is Kind.TIME:
            return TABLES[fact].day is not None
        if self.kind is Kind.HOUR:
            return "sold_hour" in columns
        return (self.column if self.kind is Kind.OWN else self.via) in columns


# The column of facts that holds the id in each dimension table.
VIA = {
    "units": "unit_id",
    "outlets": "outlet_id",
    "products": "product_id",
    "customers": "customer_id",
    "campaigns": "campaign_id",
}
BUCKETS = ("day", "week", "month", "quarter", "year")


def _entity(
    name: str, title: Text, via: str, table: str, label: str = "name", label_en: str = ""
) -> Dimension:
    return Dimension(name, title, Kind.ENTITY, via, table, "id", label, label_en)


def _attribute(name: str, title: Text, via: str, table: str, column: str = "") -> Dimension:
    return Dimension(name, title, Kind.ATTRIBUTE, via, table, column or name)


def _own(name: str, title: Text) -> Dimension:
    return Dimension(name, title, Kind.OWN, column=name)


_CUSTOMER = ("customer_id", "customers")
_PRODUCT = ("product_id", "products")
_OUTLET = ("outlet_id", "outlets")
_CAMPAIGN = ("campaign_id", "campaigns")

DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("day", Text("日", "Day"), Kind.TIME),
        Dimension("week", Text("週（星期一起）", "Week (from Monday)"), Kind.TIME),
        Dimension("month", Text("月", "Month"), Kind.TIME),
        Dimension("quarter", Text("季", "Quarter"), Kind.TIME),
        Dimension("year", Text("年", "Year"), Kind.TIME),
        Dimension("weekday", Text("星期（1＝星期一）", "Weekday (1 = Monday)"), Kind.TIME),
        Dimension("hour", Text("時段（當地小時）", "Hour (local)"), Kind.HOUR),
        _entity("company", Text("公司", "Company"), "unit_id", "units", label_en="name_en"),
        _entity("unit", Text("單位", "Unit"), "unit_id", "units", label_en="name_en"),
        _attribute("region", Text("區域", "Region"), *_OUTLET),
        _entity("outlet", Text("門店", "Outlet"), *_OUTLET),
        _attribute("outlet_kind", Text("門店類型", "Kind of outlet"), *_OUTLET, column="kind"),
        _attribute("department", Text("部門", "Department"), *_PRODUCT),
        _attribute("category", Text("品類", "Category"), *_PRODUCT),
        _attribute("product_type", Text("品項", "Product type"), *_PRODUCT),
        _attribute("brand", Text("品牌", "Brand"), *_PRODUCT),
        _attribute("maker", Text("廠商", "Maker"), *_PRODUCT),
        _entity("product", Text("商品", "Product"), *_PRODUCT),
        _entity("customer", Text("客戶", "Customer"), *_CUSTOMER, label=""),
        _attribute("age_group", Text("年齡層", "Age group"), *_CUSTOMER),
        _attribute("area", Text("居住地區", "Area"), *_CUSTOMER),
        _attribute("income", Text("收入", "Income"), *_CUSTOMER),
        _attribute("household", Text("家庭", "Household"), *_CUSTOMER),
        _attribute("home_ownership", Text("住房", "Home"), *_CUSTOMER),
        _attribute("marital", Text("婚姻", "Marital status"), *_CUSTOMER),
        _attribute("kids", Text("子女", "Children"), *_CUSTOMER),
        _entity("campaign", Text("活動", "Campaign"), *_CAMPAIGN),
        _attribute("campaign_type", Text("活動類型", "Type of campaign"), *_CAMPAIGN),
        _own("channel", Text("渠道", "Channel")),
        _own("display", Text("陳列位置", "Display")),
        _own("mailer", Text("傳單位置", "Mailer")),
        _own("sold_by", Text("計量方式", "Sold by")),
        _own("currency", Text("幣別", "Currency")),
        _own("duty", Text("職責", "Duty")),
        _own("chapter", Text("手冊章節", "Chapter of the handbook")),
        _own("rhythm", Text("週期", "Rhythm")),
        _own("place", Text("負責單位", "Unit that owes it")),
    )
}


def dimensions_of(fact: str) -> tuple[str, ...]:
    """Names of the dimensions that rows of a fact table know, time first."""
    return tuple(name for name, dimension in DIMENSIONS.items() if dimension.fits(fact))
