"""A company whose people ask and sign.

group ── shop (company, TWD, Taipei, Chinese holidays) ─┬─ east
                                                        └─ west
chief (chief_executive, group) · fay (finance_director, group) · dora (marketing_director, shop)
ana (market_analyst, shop) · ben (market_analyst, east) · eva (marketing_director, east)
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from remit.core.ref import Ref
from remit.governance import kinds
from remit.governance.actions.policy import publish_version
from remit.governance.actions.request import open_request, submit
from remit.governance.actions.signature import sign
from remit.governance.enums import Decision, StepState
from remit.governance.models import Request, Signature, Step
from remit.org.models import Absence, Delegation, Position

from ..staff import People
from .notes import NOTE, NOTES, Note

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)  # Monday, ten in the morning in Taipei
DAY = date(2026, 3, 2)


def clause(code: str = "C1", **more: Any) -> dict[str, Any]:
    """A clause as in YAML."""
    return {"code": code, "text": {"zh": f"條款{code}", "en": f"Clause {code}"}} | more


def step(position: str = "marketing_director", stage: int = 1, **more: Any) -> dict[str, Any]:
    named = {} if "role" in more else {"position": position}
    return {"stage": stage, **named, **more}


BOTH = [clause(steps=[step(), step("finance_director", stage=2, where="top")])]


@dataclass
class House(People):
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def away(self, name: str, delegate: str = "") -> None:
        """Absent this month; ``delegate`` acts."""
        dates = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 31)}
        Absence.objects.create(person=self[name], kind="leave", **dates)
        if delegate:
            Delegation.objects.create(person=self[name], delegate=self[delegate], **dates)

    def policy(self, *rows: dict[str, Any], at: datetime = AT):
        return publish_version(kind="note", rows=list(rows), reason="試", by=None, at=at)

    def note(self, unit: str = "shop", **more: Any) -> Ref:
        number = next(self.numbers)
        NOTES[number] = Note(self.units[unit].pk, **more)
        return Ref("note", number)

    def asked(self, by: str = "ana", *, ref: Ref | None = None, **more: Any) -> Request:
        """A note, opened and submitted."""
        request = open_request(kind="note", subject=ref or self.note(**more), by=self[by], at=AT)
        submit(request=request, by=self[by], at=AT)
        request.refresh_from_db()
        return request

    def open_steps(self, request: Request) -> list[Step]:
        return list(Step.objects.filter(round__request=request, state=StepState.OPEN).order_by("pk"))

    def signs(
        self, name: str, request: Request, decision: str = Decision.APPROVE, *, at: datetime = AT
    ) -> Signature:
        """The first open step that the person can sign, on the content that stands there."""
        steps = self.open_steps(request)
        error: Exception | None = None
        for one in steps:
            shown = one.round.content_id
            try:
                return sign(step=one, decision=decision, shown=shown, by=self[name], at=at, reason="因為")
            except ValueError as raised:
                error = raised
        assert error is not None, "nothing is open"
        raise error


@pytest.fixture(autouse=True)
def _kind_of_notes() -> Iterator[None]:
    before = kinds.kinds()
    kinds.register({**before, "note": NOTE})
    NOTES.clear()
    yield
    kinds.register(before)


@pytest.fixture
def house(db) -> House:
    return built()


def built() -> House:
    """The company, for tests that open their transactions themselves."""
    house = House()
    house.build_units()
    chief = Position.objects.create(code="chief_executive", name="總經理", leads=True)
    for code, name, leads in (
        ("marketing_director", "營銷總監", True),
        ("finance_director", "財務總監", False),
    ):
        Position.objects.create(code=code, name=name, leads=leads, reports_to=chief)
    director = Position.objects.get(code="marketing_director")
    Position.objects.create(code="market_analyst", name="市場分析師", reports_to=director)
    house.positions = {each.code: each for each in Position.objects.all()}
    house.person("chief", "chief_executive", "group")
    house.person("fay", "finance_director", "group")
    house.person("dora", "marketing_director")
    house.person("ana", "market_analyst")
    house.person("ben", "market_analyst", "east")
    house.person("eva", "marketing_director", "east")
    return house
