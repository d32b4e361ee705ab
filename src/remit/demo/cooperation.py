"""What the demonstration's people ask of other departments: configuration, marked as such.

Days count from the day on which it is set up. Departments of the demonstration are positions, not units.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoCooperation:
    """``asked``: a position. ``answer``: who answers and signs it (a login), what, and its other words; none
    while it is open. Days of an answer count from today.
    """

    plan: str
    title: str
    asker: str
    asked: str
    needed_day: int
    what: str
    purpose: str
    effort_days: int = 0
    money: int = 0
    answer: tuple[str, str, Mapping[str, Any]] | None = None
    due_day: int = 0


COOPERATIONS = (
    DemoCooperation(
        "freezer-clear", "冷凍品清倉：備貨與加派配送（示範）", "digital", "logistics_lead", 18,
        "清倉首週備足 40 家門市的冷凍庫存，並加派兩班冷鏈配送。",
        "上一次冷凍品促銷首週缺貨 9 店次，缺貨門市的券兌換率低 3 個百分點。", 16, 4200,
    ),
    DemoCooperation(
        "member-day", "會員日：客服加開專線（示範）", "digital", "service_lead", 21,
        "活動期間加開一條會員專線，每日 10 時至 20 時。",
        "去年活動週的會員來電為平日 2.1 倍，平均等候 6 分鐘。", 10, 0,
        ("service", "conditional", {"conditions": "營銷須於活動前 5 個工作日提供常見問題與話術。"}), 20,
    ),
)  # fmt: skip
