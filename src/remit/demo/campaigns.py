"""Campaigns that the demonstration's people plan, and the budget they spend: configuration, marked as such.

Days count from the day on which it is set up; money is in US dollars. What the 27 campaigns of the data did
is real and stands elsewhere. Nothing is invoiced: spend of this year would stand beside sales of 2017.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """``conversion``: low, likely and high as percent, none without an estimate. ``goes``: how far."""

    code: str
    title: str
    kind: str
    owner: str
    money: int
    first_day: int
    last_day: int
    words: Mapping[str, Any]
    results: tuple[tuple[str, str, str], ...]  # kind, title, target
    goes: str  # draft, submitted or running
    promotion_goal: str = ""
    reach: int = 0
    conversion: tuple[int, ...] = ()
    value: int = 0
    basis: str = ""
    serves: tuple[tuple[str, int], ...] = ()  # goals by title, with their shares


@dataclass(frozen=True, slots=True)
class DemoLine:
    """A line of the budget with its movements: stage, amount, reference, days ago."""

    code: str
    title: str
    owner: str
    channel: str
    granted: int
    need: str
    evidence: str
    alternative: str
    plan: str = ""
    moves: tuple[tuple[str, int, str, int], ...] = field(default_factory=tuple)


UNIT, DAYS_BEFORE = "journey", 40  # what runs was planned and signed so long ago

PLANS = (
    DemoPlan(
        "member-day", "會員日：老客回購禮", "member", "digital", 18000, -4, 24,
        {
            "objective": "四週內讓 8% 的受邀會員再次購買", "pain_point": "老會員收不到與自己有關的優惠",
            "evidence": "九月會員訪談 24 位，17 位說優惠「跟我無關」",
            "audience": "半年內買過、近 60 天沒回來的會員",
            "channels": "電子郵件、門市", "theme": "回來的理由",
        },
        (("result", "受邀會員再購率（%）", "8"), ("process", "兌換券核銷（張）", "1200")),
        "running", serves=(("這一季會員平均到店 4.5 次", 100),),
    ),
    DemoPlan(
        "year-end", "歲末家庭回購週", "promotion", "brand", 48000, 45, 59,
        {
            "objective": "歲末兩週帶回 600 戶沉睡家庭", "pain_point": "換季時想一次買齊，又怕買貴",
            "evidence": "十月問卷 312 份，61% 提到價格不透明", "audience": "去年歲末買過、近 90 天沒買的家庭",
            "channels": "郵寄目錄、門市、電子郵件", "theme": "回來的理由",
        },
        (("result", "增量銷售額", "90000"), ("process", "活動頁停留（秒）", "45")),
        "submitted", "repurchase", 20000, (2, 4, 6), 60, "2017 年同類型活動的核銷率與家庭毛利",
        (("這一季帶回 1,200 戶沉睡家庭", 70), ("這一季會員平均到店 4.5 次", 30)),
    ),
    DemoPlan(
        "spring-video", "春季新品短影音", "content", "digital", 20000, 90, 120,
        {"objective": "讓新品被 2 萬戶看見", "channels": "短影音", "theme": "新鮮看得見"},
        (("result", "新品買家（戶）", "500"), ("process", "完播率（%）", "35")),
        "draft", serves=(("品牌提及率達到 30%", 60), ("這一季帶回 1,200 戶沉睡家庭", 25)),
    ),
)  # fmt: skip

BUDGET_TITLE, BUDGET_TOTAL = "年度營銷預算", 400_000
LINES = (
    DemoLine(
        "member-day", "會員日投放與禮券", "digital", "mail", 18000, "寄送邀請與兌換券給 9,000 位會員",
        "2017 年同類活動每戶帶來 3.1 美元毛利", "只發電子郵件：成本四分之一，觸及約四成", "member-day",
        (("request", 12000, "REQ-0311", 30), ("order", 8600, "PO-1107", 20)),
    ),
    DemoLine(
        "search", "搜尋廣告", "digital", "search", 120000, "接住主動搜尋週期商品的家庭",
        "上季搜尋帶來的新客成本為全渠道最低", "停投搜尋，改加大郵寄目錄",
        moves=(("order", 30000, "PO-1090", 60),),
    ),
    DemoLine(
        "shelf", "門市陳列與試吃", "brand", "store", 60000, "新品上架首月的試吃與端架",
        "試吃門市的新品首月回購率高出 4 個百分點", "只做端架，不做試吃",
        moves=(("order", 40000, "PO-1113", 12),),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoRule:
    """When a line's reserve is proposed for release; tried on the real figures and then live."""

    line: str
    metric: str
    counted: str
    days: int
    planned: str
    factor: str
    count_min: int
    amount: int
    cooldown_days: int


# Tastings and displays pay where baskets grow: a week of 5 % above what the plan says of them.
RULE = DemoRule("shelf", "basket_value", "baskets", 7, "30.00", "1.05", 2000, 6000, 28)
