"""A company whose people plan, sign and launch campaigns, by the policies that ship."""

from datetime import date
from decimal import Decimal
from typing import Any

from remit.goals.models import Goal
from remit.governance.actions.policy import ship_policies
from remit.governance.actions.request import submit
from remit.governance.models import Request
from remit.org.models import Position
from remit.planning.actions.approval import ask_for_approval
from remit.planning.actions.estimate import make_estimate
from remit.planning.actions.objectives import Serves
from remit.planning.actions.plan import Judged, add_plan
from remit.planning.models import Plan

from ..goals.aims import in_force
from ..governance.conftest import AT, House, built

MEASURES = (
    Judged("result", "增量銷售額", Decimal(500000)),
    Judged("process", "詳情頁停留時間（秒）", Decimal(45)),
)
WHOLE: dict[str, Any] = {
    "title": "春季清倉", "kind": "promotion", "promotion_goal": "clear_stock",
    "pain_point": "家庭想一次買齊換季用品",
    "evidence": "二月問卷 312 份，61% 提到", "objective": "換季庫存降到 8 週", "audience": "半年內買過的會員",
    "starts_on": date(2026, 4, 1), "ends_on": date(2026, 4, 14), "money": Decimal("300000.00"),
}  # fmt: skip


NEEDED = {"logistics_lead": "物流主管", "brand_manager": "品牌經理", "legal_counsel": "法務顧問"}  # to sign


def department() -> House:
    """The company of the requests' tests, with logistics and the shipped policies."""
    house = built()
    for code, name in NEEDED.items():
        house.positions[code], _made = Position.objects.get_or_create(code=code, defaults={"name": name})
    house.person("leo", "logistics_lead")
    ship_policies(at=AT)
    return house


def plan_of(house: House, by: str = "ana", *, unit: str = "shop", code: str = "spring", **more: Any) -> Plan:
    """A plan that lacks nothing; it serves a goal of its unit unless ``objectives`` says otherwise."""
    values = {**WHOLE, "owner": house[by], **more}
    values.setdefault("objectives", [Serves(_aim(house, unit), Decimal(100))])
    return add_plan(unit=house.units[unit], code=code, by=house[by], at=AT, measures=MEASURES, **values)


def _aim(house: House, unit: str) -> Goal:
    there = Goal.objects.filter(unit=house.units[unit], title="每個活動服務的目標").first()
    return there or in_force(house, unit=unit, title="每個活動服務的目標")


def estimated(house: House, plan: Plan, by: str = "ana") -> None:
    parts = (Decimal("0.01"), Decimal("0.02"), Decimal("0.03"))
    make_estimate(
        plan=plan, reach=100000, conversion=parts, value=Decimal(90), basis="去年同檔期", by=house[by], at=AT
    )


def submitted(house: House, plan: Plan, by: str = "ana") -> Request:
    request = ask_for_approval(plan=plan, by=house[by], at=AT)
    submit(request=request, by=house[by], at=AT)
    request.refresh_from_db()
    return request


def approved(house: House, **more: Any) -> Plan:
    """A major promotion of the shop, signed by logistics, marketing and finance."""
    plan = plan_of(house, **more)
    estimated(house, plan)
    request = submitted(house, plan)
    for name in ("leo", "dora", "fay"):
        house.signs(name, request)
    plan.refresh_from_db()
    return plan
