"""A fixed organisation and a fixed cast of people with known positions.

group ─┬─ grocer (company, USD) ─┬─ east ── boston
       │                         └─ west
       └─ market (company, TWD)
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from remit.org import scopes
from remit.org.actions import add_position, add_skill
from remit.org.enums import Ability
from remit.org.models import Assignment, Person, Position, Skill, Unit

DAY = date(2026, 3, 2)


@dataclass
class Cast:
    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    skill: Skill | None = None

    def person(self, name: str, *places: tuple[str, str], starts_on=date(2020, 1, 1), ends_on=None) -> Person:
        """Somebody who holds (position, unit) pairs."""
        person = Person.objects.create(email=f"{name}@example.org", name=name)
        for position, unit in places:
            Assignment.objects.create(
                person=person,
                position=self.positions[position],
                unit=self.units[unit],
                starts_on=starts_on,
                ends_on=ends_on,
            )
        return person

    def ids(self, *codes: str) -> frozenset[int]:
        return frozenset(self.units[code].pk for code in codes)


@pytest.fixture
def cast(db) -> Cast:
    cast = Cast()
    group = Unit.objects.add_root({"code": "group", "name": "集團"})
    grocer = Unit.objects.add_child(
        group, {"code": "grocer", "name": "雜貨", "is_company": True, "currency": "USD"}
    )
    market = Unit.objects.add_child(
        group, {"code": "market", "name": "市場", "is_company": True, "currency": "TWD"}
    )
    east = Unit.objects.add_child(grocer, {"code": "east", "name": "東區", "region": "East"})
    west = Unit.objects.add_child(grocer, {"code": "west", "name": "西區", "region": "West"})
    boston = Unit.objects.add_child(east, {"code": "boston", "name": "波士頓"})
    cast.units = {unit.code: unit for unit in (group, grocer, market, east, west, boston)}
    abilities = {"analyst": [], "people": [Ability.MANAGE_PEOPLE], "importer": [Ability.IMPORT_DATA]}
    cast.positions = {
        code: Position.objects.create(code=code, name=code, abilities=given)
        for code, given in abilities.items()
    }
    return cast


@pytest.fixture
def outlets(cast):
    """Each unit has two outlets, numbered from its id; as the room above would answer."""
    before = list(scopes._sources)
    scopes.register_outlets(lambda units: {unit * 10 + n for unit in units for n in (1, 2)})
    yield lambda *codes: frozenset(id_ * 10 + n for id_ in cast.ids(*codes) for n in (1, 2))
    scopes._sources[:] = before


@pytest.fixture
def house(cast) -> Cast:
    """The cast with a position that leads its unit, and a skill."""
    by = {"by": None, "at": datetime(2026, 3, 2, 9, 0, tzinfo=UTC)}
    cast.positions["head"] = add_position(code="head", name="head", leads=True, is_key=True, **by)
    cast.skill = add_skill(code="insight", name="洞察", kind="general", remedy="旁聽", **by)
    return cast
