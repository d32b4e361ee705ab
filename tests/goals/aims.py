"""Goals of the company of the requests' tests, complete and in force."""

from datetime import date
from decimal import Decimal
from typing import Any

from remit.goals.actions.decomposition import Sized, split_goal
from remit.goals.actions.goal import activate_goal, add_goal
from remit.goals.models import Goal

from ..governance.conftest import AT, House

WHOLE: dict[str, Any] = {
    "title": "全年銷售成長三成", "metric": "net_sales", "baseline": Decimal("1000.00"),
    "growth": Decimal("0.3"), "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31),
    "money": Decimal(5000), "resources": "檔期",
}  # fmt: skip


def drafted(house: House, by: str = "dora", unit: str = "shop", **more: Any) -> Goal:
    values = {**WHOLE, "owner": house[by], **more}
    return add_goal(unit=house.units[unit], by=house[by], at=AT, **values)


def in_force(house: House, by: str = "dora", unit: str = "shop", **more: Any) -> Goal:
    return activate_goal(goal=drafted(house, by, unit, **more), by=house[by], at=AT)


def split(house: House, goal: Goal, *amounts: str, cut: str = "quarter", by: str = "dora") -> list[Goal]:
    parts = [Sized(Decimal(amount)) for amount in amounts]
    return split_goal(goal=goal, cut=cut, method="hand", parts=parts, by=house[by], at=AT)
