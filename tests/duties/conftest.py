"""A company with a fixed cast, and the means to give it duties.

group ── shop (company, TWD, Taipei, Chinese holidays) ─┬─ east
                                                        └─ west
chief (chief_executive, group) · dora (marketing_director, shop) · ana, ben (market_analyst, shop and east)
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from remit.duties.actions.charge import charge_unit
from remit.duties.actions.duty import add_duty
from remit.duties.drafts import Draft, draft_of
from remit.duties.models import Charge, Duty, Occurrence
from remit.org.models import Position

from ..staff import People

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)  # Monday, ten in the morning in Taipei
DAY = date(2026, 3, 2)


def entry(code: str = "T1.1", **changes: Any) -> dict[str, Any]:
    """A duty as in YAML: monthly, one note, the director accountable, an analyst responsible."""
    return {
        "code": code,
        "title": {"zh": "市場調研", "en": "Market research"},
        "purpose": {"zh": "了解市場。", "en": "Know the market."},
        "deliverable": {"zh": "洞察報告", "en": "Insight report"},
        "rhythm": "monthly",
        "day": 20,
        "effort_minutes": 120,
        "evidence": {"kind": "note", "count": 1},
        "accountable": "marketing_director",
        "responsible": ["market_analyst"],
    } | changes


def draft(code: str = "T1.1", **changes: Any) -> Draft:
    return draft_of(entry(code, **changes))


class House(People):
    def duty(self, code: str = "T1.1", **changes: Any) -> Duty:
        return add_duty(draft=draft(code, **changes), by=None, at=AT)

    def charge(
        self, code: str = "T1.1", unit: str = "shop", starts_on: date = DAY, at: datetime = AT, **changes: Any
    ) -> Charge:
        """The unit owes a duty, which is added if it is new."""
        duty = Duty.objects.filter(code=code).first() or self.duty(code, **changes)
        return charge_unit(duty=duty, unit=self.units[unit], starts_on=starts_on, by=None, at=at)

    def first(self, charge: Charge) -> Occurrence:
        """The occurrence that falls due first."""
        return Occurrence.objects.filter(charge=charge).order_by("due_at")[0]


@pytest.fixture
def house(db) -> House:
    return built()


def built() -> House:
    """The company, for tests that open their transactions themselves."""
    house = House()
    house.build_units()
    chief = Position.objects.create(code="chief_executive", name="總經理", leads=True)
    director = Position.objects.create(
        code="marketing_director", name="營銷總監", leads=True, reports_to=chief, abilities=["manage_duties"]
    )
    analyst = Position.objects.create(code="market_analyst", name="市場分析師", reports_to=director)
    house.positions = {each.code: each for each in (chief, director, analyst)}
    house.person("chief", "chief_executive", "group")
    house.person("dora", "marketing_director")
    house.person("ana", "market_analyst")
    house.person("ben", "market_analyst", "east")
    return house
