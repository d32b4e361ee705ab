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
        "year-end", "歲末回購週：備貨與加派配送（示範）", "brand", "logistics_lead", 38,
        "首週備足 40 家門市的主打品庫存，並加派兩班配送。",
        "上一次大型促銷首週缺貨 9 店次，缺貨門市的券兌換率低 3 個百分點。", 16, 4200,
    ),
    DemoCooperation(
        "member-day", "會員日：致電尚未回購的會員（示範）", "digital", "service_lead", 20,
        "活動結束前致電 300 位尚未回購的受邀會員，詢問原因並逐筆記錄。",
        "九月會員訪談 24 位，17 位說優惠「跟我無關」，需要更多樣本。", 6, 0,
        ("service", "conditional", {"conditions": "營銷須提前 5 個工作日提供名單與話術。"}), 20,
    ),
)  # fmt: skip
