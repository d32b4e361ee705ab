"""Who works in the demonstration group, and where: configuration, not data.

The real data sets name no department and no regions. Everything on this page was made up so that there is
somebody to log in as; it is marked "demonstration configuration" on screen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

PASSWORD = "remit-demo-2017"  # noqa: S105  # printed at every start: the demonstration is open to all
DOMAIN = "demo.example"
SINCE = date(2000, 1, 1)
NEWCOMER_DAYS = 13  # the newcomer is in the third week when the demonstration is set up


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """``zone`` and ``holidays`` (a country) are set from :data:`SINCE` on; units below keep them too."""

    code: str
    parent: str | None
    name: str
    name_en: str
    region: str = ""
    currency: str = ""
    structure: str = "centralised"
    zone: str = ""
    holidays: str = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """``login`` is the part of the address before the @. ``days``: since when, else :data:`SINCE`."""

    login: str
    name: str
    name_en: str
    position: str
    unit: str
    days: int = 0

    @property
    def email(self) -> str:
        return f"{self.login}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class DemoTarget:
    """What a metric should reach; money in ``currency``, else the unit's. ``owner`` is an address."""

    metric: str
    unit: str
    period: str
    value: str
    owner: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class DemoAlert:
    """``question`` as boards save it; ``limit`` of rises and falls is a fraction."""

    title: str
    question: Mapping[str, Any]
    breach: str
    limit: str
    unit: str
    owner: str


GROUP, JOURNEY, TAFENG = "group", "journey", "tafeng"

UNITS = (
    DemoUnit(GROUP, None, "示範零售集團", "Demonstration Retail Group", holidays="CN"),
    DemoUnit(
        JOURNEY, GROUP, "旅程超市（美國）", "The Complete Journey (US)",
        currency="USD", structure="decentralised", zone="America/New_York", holidays="US",
    ),
    DemoUnit("journey-east", JOURNEY, "旅程東區", "Journey East", region="East"),
    DemoUnit("journey-midwest", JOURNEY, "旅程中西區", "Journey Midwest", region="Midwest"),
    DemoUnit("journey-south", JOURNEY, "旅程南區", "Journey South", region="South"),
    DemoUnit("journey-west", JOURNEY, "旅程西區", "Journey West", region="West"),
    DemoUnit(
        TAFENG, GROUP, "Ta Feng 超市（台北）", "Ta Feng (Taipei)",
        region="Taipei", currency="TWD", zone="Asia/Taipei", holidays="TW",
    ),
)  # fmt: skip

REGIONS = ("journey-east", "journey-midwest", "journey-south", "journey-west")

PEOPLE = (
    DemoPerson("director", "林雅文", "Lin Ya-wen", "marketing_director", GROUP),
    DemoPerson("journey", "陳志明", "Daniel Chen", "marketing_director", JOURNEY),
    DemoPerson("analyst", "王思涵", "Sophie Wang", "market_analyst", JOURNEY),
    DemoPerson("brand", "張家豪", "Kevin Chang", "brand_manager", JOURNEY),
    DemoPerson("digital", "李佳穎", "Claire Li", "digital_marketer", JOURNEY),
    DemoPerson("content", "周子晴", "Zoe Chou", "content_planner", JOURNEY, days=NEWCOMER_DAYS),
    DemoPerson("sales", "鄭雅玲", "Elaine Cheng", "sales_director", JOURNEY),
    DemoPerson("east", "黃俊傑", "Jason Huang", "channel_manager", "journey-east"),
    DemoPerson("west", "吳宗翰", "Hank Wu", "sales_person", "journey-west"),
    DemoPerson("floor", "宋品妍", "Penny Sung", "sales_person", "journey-south"),
    DemoPerson("tafeng", "劉怡君", "Irene Liu", "market_analyst", TAFENG),
    DemoPerson("finance", "蔡淑芬", "Susan Tsai", "finance_director", GROUP),
    DemoPerson("chief", "周國華", "George Chou", "chief_executive", GROUP),
    DemoPerson("legal", "何佩珊", "Peggy Ho", "legal_counsel", GROUP),
    DemoPerson("people", "簡秀蘭", "Lan Chien", "hr_manager", GROUP),
    DemoPerson("training", "曾文傑", "Vincent Tseng", "training_lead", GROUP),
    DemoPerson("crm", "羅婉婷", "Tina Lo", "crm_manager", JOURNEY),
    DemoPerson("service", "方麗華", "Lily Fang", "service_lead", JOURNEY),
    DemoPerson("projects", "江承翰", "Hank Chiang", "project_manager", JOURNEY),
    DemoPerson("logistics", "高志偉", "Wayne Kao", "logistics_lead", JOURNEY),
    DemoPerson("channels", "潘美玲", "May Pan", "channel_manager", JOURNEY),
    DemoPerson("tfdirector", "盧俊宏", "Ken Lu", "marketing_director", TAFENG),
    DemoPerson("admin", "許建宏", "Alan Hsu", "administrator", GROUP),
)
CENTRAL = (
    "finance_director", "legal_counsel", "hr_manager", "chief_executive", "training_lead", "administrator",
)  # fmt: skip
# The group's own director answers for people and compliance; the companies for the rest.
OF_GROUP = (
    "H1.1", "H1.2", "H1.3e", "H3.3.2", "H3.3.3-readiness", "H3.5.1", "H3.5.2-quarterly", "H4.2.1",
    "H5.1.3-rules", "H5.4.1-ideas", "H5.5.1",
)  # fmt: skip
IN_TAFENG = ("H2.1.", "H2.5.2", "H4.1.1", "H4.3.1", "H4.4.2", "H5.2.1", "H6.1.2", "H6.1.3")
IN_REGIONS = ("H2.3.1", "H2.3.2", "H3.2.4")
# Which unit owes a duty, by its code and the position that is accountable for it.
DUTIES: Mapping[str, Callable[[str, str], bool]] = {
    GROUP: lambda code, accountable: accountable in CENTRAL or code in OF_GROUP,
    JOURNEY: lambda code, accountable: accountable not in CENTRAL and code not in OF_GROUP,
    TAFENG: lambda code, accountable: accountable not in CENTRAL and code.startswith(IN_TAFENG),
    "journey-east": lambda code, accountable: code.startswith(IN_REGIONS),
    "journey-west": lambda code, accountable: code.startswith(IN_REGIONS),
}
ADMINISTRATOR = f"admin@{DOMAIN}"

TARGETS = (
    DemoTarget("net_sales", JOURNEY, "2017", "4700000", f"journey@{DOMAIN}"),
    DemoTarget("net_sales", JOURNEY, "2017-Q4", "1250000", f"journey@{DOMAIN}"),
    DemoTarget("net_sales", JOURNEY, "2017-12", "430000", f"journey@{DOMAIN}"),
    DemoTarget("basket_value", JOURNEY, "2017-12", "31", f"analyst@{DOMAIN}"),
    DemoTarget("coupon_redemption_rate", JOURNEY, "2017", "0.08", f"digital@{DOMAIN}"),
    DemoTarget("net_sales", "journey-east", "2017-12", "110000", f"east@{DOMAIN}", "USD"),
    DemoTarget("net_sales", TAFENG, "2001-02", "26000000", f"tafeng@{DOMAIN}"),
    DemoTarget("gross_margin_rate", TAFENG, "2001-02", "0.16", f"tafeng@{DOMAIN}"),
    DemoTarget("net_sales", GROUP, "2017", "4750000", f"director@{DOMAIN}", "USD"),
    DemoTarget("discount_rate", JOURNEY, "2017", "0.17", f"finance@{DOMAIN}"),
)

ALERTS = (
    DemoAlert(
        "部門銷售下滑 Department sales fall",
        {"metrics": ["net_sales"], "by": ["department"], "period": "last 4 weeks"},
        "falls", "0.25", JOURNEY, f"analyst@{DOMAIN}",
    ),
    DemoAlert(
        "毛利率過低 Gross margin too low",
        {"metrics": ["gross_margin_rate"], "period": "last 4 weeks"},
        "below", "0.15", TAFENG, f"tafeng@{DOMAIN}",
    ),
)  # fmt: skip
