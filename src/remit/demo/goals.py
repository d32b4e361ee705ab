"""A strategy with its goals for the demonstration company: configuration, marked as such.

Baselines are read from the real data. Days of the strategy's material and of the manual goal count from the
day on which it is set up.
"""

from dataclasses import dataclass, field

UNIT = "journey"
STRATEGY_TITLE, STRATEGY_OWNER = "從單次購買到全家常客", "journey"
STRATEGY_SUMMARY = (
    "以會員回購與渠道深耕帶動銷售，新品負責帶進新家庭，節慶檔期放大成果。"
    "2018 年全年銷售淨額較 2017 年成長三成。"
)


@dataclass(frozen=True, slots=True)
class DemoSource:
    """``days``: how old it is on the day of the set-up; stale after 180."""

    kind: str
    title: str
    place: str
    days: int


SOURCES = (
    DemoSource("research", "家庭採買訪談 24 場摘要", "檔案櫃／研究／家庭採買", 40),
    DemoSource("competitor", "區域超市價格與會員制度比較", "檔案櫃／競品／會員制度", 260),
)


@dataclass(frozen=True, slots=True)
class DemoSplit:
    """``levers`` in the order of the parts."""

    cut: str
    method: str
    text: str = ""
    levers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoGoal:
    """``baseline``: a period that is read from data, or a number for a manual goal.

    ``measured_in`` and ``grows`` are of a manual one, which has no period: it runs around the day of the
    set-up, as the campaigns do that serve it.
    """

    code: str
    title: str
    metric: str
    owner: str
    baseline: str = ""
    growth: str = ""
    target: str = ""
    period: str = ""
    money: int = 0
    resources: str = ""
    partners: tuple[str, ...] = ()
    split: DemoSplit | None = None
    readings: tuple[tuple[int, str, str], ...] = field(default_factory=tuple)  # days ago, value, source
    is_drafted: bool = False
    measured_in: str = "percent"
    grows: bool = False


GOALS = (
    DemoGoal(
        "growth", "2018 年銷售淨額較 2017 年成長三成", "net_sales", "journey", "2017", "0.30", period="2018",
        money=400_000, resources="四個檔期的預算、會員系統改版人力、門市端架", partners=("sales",),
        split=DemoSplit("quarter", "shares", "15/20/25/40", ("channel", "repurchase", "launch", "festival")),
    ),
    DemoGoal(
        "basket", "2018 年客單價提升 5%", "basket_value", "brand", "2017", "0.05", period="2018",
        money=60_000, resources="組合優惠與門市陳列", split=DemoSplit("quarter", "history"),
    ),
    DemoGoal(
        "quarter", "2017 年第四季銷售淨額較第三季成長 8%", "net_sales", "sales", "2017-Q3", "0.08",
        period="2017-Q4", money=90_000, resources="歲末檔期預算", partners=("journey",),
        split=DemoSplit("month", "shares", "32/33/35", ("channel", "launch", "festival")),
    ),
    DemoGoal(
        "mentioned", "品牌提及率達到 30%", "manual", "brand", "0.22", target="0.30", money=30_000,
        resources="季度問卷與社群內容", readings=((60, "0.235", "九月問卷"), (5, "0.268", "十一月問卷")),
    ),
    DemoGoal(
        "returning", "這一季帶回 1,200 戶沉睡家庭", "manual", "crm", "0", target="1200", money=90_000,
        resources="會員禮券與回訪名單", partners=("digital",), measured_in="count", grows=True,
        readings=((60, "260", "門市回流名單"), (4, "610", "門市回流名單")),
    ),
    DemoGoal(
        "visits", "這一季會員平均到店 4.5 次", "manual", "journey", "3.8", target="4.5", money=40_000,
        resources="會員日與歲末檔期", measured_in="ratio", readings=((30, "4.0", "會員卡刷卡紀錄"),),
    ),
    DemoGoal("repeat", "提高會員 30 天再購率", "repurchase_rate_30", "crm", period="2018", is_drafted=True),
)  # fmt: skip
MANUAL_DAYS = (120, 150)  # the manual goal began so long ago and ends so far ahead
