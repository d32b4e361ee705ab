"""Logistics as a department of its own beside marketing, and what is asked of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from remit.core.ref import Ref
from remit.execution.actions.cooperation import add_cooperation, ask_department
from remit.execution.actions.feasibility import sign_answer, write_answer
from remit.execution.models import Cooperation, FeasibilityAnswer
from remit.governance.actions.request import ask_for_green, submit
from remit.governance.models import Request, Round, Signature
from remit.governance.queries.rounds import digest_to_sign, living_request, newest_round
from remit.org.models import Position, Unit

from ..governance.conftest import AT, House
from ..planning.planned import department

NEEDED_ON = date(2026, 3, 16)  # exactly two weeks after AT
ASKED: dict[str, Any] = {
    "title": "春季清倉加派出貨", "what": "四月第一週每日加派兩班出貨",
    "purpose": "去年同檔期訂單為平日 2.4 倍",
    "needed_on": NEEDED_ON, "effort_days": Decimal("20.0"), "money": Decimal("15000.00"),
}  # fmt: skip
# Answers that say all that they need to, by what they say.
ANSWERS: dict[str, dict[str, Any]] = {
    "feasible": {"doer": "leo", "due_on": NEEDED_ON},
    "conditional": {"doer": "leo", "due_on": NEEDED_ON, "conditions": "加班費由營銷負擔"},
    "later": {"doer": "leo", "due_on": date(2026, 3, 25), "from_on": date(2026, 3, 20)},
    "not_feasible": {"reason": "三月盤點，人手全數排滿"},
}


def with_depot() -> House:
    """The planned department, with a depot below the shop: ken heads it, lin works there."""
    house = department()
    house.units["depot"] = Unit.objects.add_child(
        Unit.objects.get(code="shop"), {"code": "depot", "name": "物流部"}
    )
    chief = house.positions["chief_executive"]
    for code, name, leads in (("depot_lead", "物流部主管", True), ("depot_hand", "物流專員", False)):
        house.positions[code] = Position.objects.create(code=code, name=name, leads=leads, reports_to=chief)
    house.person("ken", "depot_lead", "depot")
    house.person("lin", "depot_hand", "depot")
    house.post("leo", "depot_hand", "depot")
    return house


def written(house: House, by: str = "ana", *, unit: str = "shop", **more: Any) -> Cooperation:
    values = {**ASKED, "asked_unit": house.units["depot"], **more}
    return add_cooperation(unit=house.units[unit], by=house[by], at=AT, **values)


def sent(house: House, row: Cooperation, by: str = "ana", *, at: datetime = AT, green: str = "") -> Round:
    request = ask_department(cooperation=row, by=house[by], at=at)
    if green:
        request = ask_for_green(request=request, reason=green, by=house[by], at=at)
    return submit(request=request, by=house[by], at=at)


def answered(
    house: House, row: Cooperation, kind: str = "feasible", by: str = "lin", *, at: datetime = AT, **more: Any
) -> FeasibilityAnswer:
    said = {**ANSWERS[kind], **more}
    if "doer" in said:
        said["doer"] = house[said["doer"]]
    return write_answer(cooperation=row, feasibility=kind, by=house[by], at=at, **said)


def request_of(row: Cooperation) -> Request:
    found = living_request("cooperation", Ref("cooperation", row.pk))
    assert found is not None
    return found


def shown(row: Cooperation) -> str:
    """What a signer has before them now."""
    newest = newest_round(request_of(row))
    assert newest is not None
    return digest_to_sign(newest)


def signed(house: House, row: Cooperation, by: str = "ken", *, at: datetime = AT) -> Signature:
    return sign_answer(cooperation=row, shown=shown(row), by=house[by], at=at)


def promised(house: House, **more: Any) -> Cooperation:
    """Plainly feasible, signed by the head of the depot."""
    row = written(house, **more)
    sent(house, row)
    answered(house, row)
    signed(house, row)
    row.refresh_from_db()
    return row
