"""Meetings of the demonstration's people: configuration, marked as such. Days count from its first day."""

from dataclasses import dataclass

from .cast import JOURNEY

UNIT = JOURNEY


@dataclass(frozen=True, slots=True)
class DemoSeries:
    """A series of the handbook, by code; people by login."""

    code: str
    chair: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoItem:
    """One item. ``by``: who decides. ``decided``: decision and reading. ``deferred``: days until, owner."""

    title: str
    rule: str
    by: str = ""
    figure: str = ""
    material: str = ""
    decided: tuple[str, str] = ("", "")
    deferred: tuple[int, str] = (0, "")
    votes: tuple[tuple[str, str], ...] = ()


SERIES = (
    DemoSeries("weekly_review", "journey", ("analyst", "brand", "digital", "channels", "projects")),
    DemoSeries(
        "fortnightly_departments",
        "journey",
        ("projects", "sales", "service", "logistics", "finance", "brand", "channels"),
    ),
    DemoSeries("monthly_management", "director", ("journey", "finance", "chief", "analyst", "sales")),
)

# One that was held, with decisions and actions, and one item that comes up again.
HELD_SERIES, HELD_DAYS_AGO, HELD_HOUR = "fortnightly_departments", 6, 14
HELD_MINUTES = (
    "（示範）物流說明：會員日首週出貨準時率 96%，兩次延誤都在週六下午。\n"
    "銷售提出增加週末理貨人力，服務部支持，財務要求先看三週數據。\n"
    "包裝換色仍有兩種看法，依制度憑數據決定，先做 A/B 測試。"
)
HELD = (
    DemoItem(
        "會員日檔期的週末理貨人力", "decider", by="journey",
        material="首週出貨準時率 96%，週六下午延誤兩次。",
        decided=("週六下午增加兩名理貨人員，試行三週。", ""),
    ),
    DemoItem(
        "兌換券說明卡放在收銀台或貨架", "vote", decided=("放在收銀台，貨架只留提示牌。", ""),
        votes=(("journey", "for"), ("sales", "for"), ("service", "for"), ("projects", "for"),
               ("brand", "against"), ("logistics", "abstain")),
    ),
    DemoItem(
        "回購禮的兌換門檻", "data", figure="近四週客單價中位數",
        decided=("門檻定為 35 美元，略高於客單價中位數。", "31.4 美元"),
    ),
    DemoItem(
        "包裝換色：暖色或原色", "consensus", material="品牌與銷售意見不一，待 A/B 測試結果。",
        deferred=(5, "brand"),
    ),
)  # fmt: skip
# (title, owner, days until due, done days ago or none)
HELD_ACTIONS: tuple[tuple[str, str, int, int | None], ...] = (
    ("排定週六下午理貨班表", "logistics", -1, 2),
    ("收銀台說明卡改版並送印", "brand", 1, None),
    ("建立包裝 A/B 測試：樣本數與期間", "analyst", 3, None),
)

COMING_TITLE, COMING_DAYS, COMING_HOUR = "感恩節檔期跨部門準備會", 2, 15
COMING_PLACE = "三樓大會議室，線上：https://meet.demo.example/thanksgiving"
COMING_CHAIR, COMING_PEOPLE = "brand", ("journey", "sales", "logistics", "digital", "service")
COMING = (
    DemoItem(
        "備貨量與到倉日", "data", figure="去年同檔期各品類銷量與今年庫存",
        material="請物流會前提供各品類在途與在庫數。",
    ),
    DemoItem("檔期主視覺定稿", "decider", by="brand"),
    DemoItem("客服加班排班", "consensus", material="服務部提出兩案，會前已寄各部門。"),
)  # fmt: skip
