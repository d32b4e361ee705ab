"""A company of four units and whoever is put into it, for tests of rooms that ask who answers.

group ── shop (company, TWD, Taipei, Chinese holidays) ─┬─ east
                                                        └─ west
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from remit.org.models import Assignment, Person, Position, Unit, UnitHolidays, UnitZone


@dataclass
class People:
    """Units, positions and people by their short names."""

    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def person(self, name: str, position: str = "", unit: str = "shop", **more: Any) -> Person:
        """Somebody, with a post if a position is named."""
        self.people[name] = Person.objects.create(email=f"{name}@example.org", name=name)
        if position:
            self.post(name, position, unit, **more)
        return self.people[name]

    def post(self, name: str, position: str, unit: str = "shop", **more: Any) -> Assignment:
        return Assignment.objects.create(
            person=self.people[name], position=self.positions[position], unit=self.units[unit],
            **{"starts_on": date(2020, 1, 1)} | more,
        )  # fmt: skip

    def build_units(self) -> None:
        group = Unit.objects.add_root({"code": "group", "name": "集團"})
        shop = Unit.objects.add_child(
            group, {"code": "shop", "name": "商店", "is_company": True, "currency": "TWD"}
        )
        east = Unit.objects.add_child(shop, {"code": "east", "name": "東區", "region": "East"})
        west = Unit.objects.add_child(shop, {"code": "west", "name": "西區", "region": "West"})
        self.units = {unit.code: unit for unit in (group, shop, east, west)}
        UnitZone.objects.create(unit=shop, zone="Asia/Taipei", starts_on=date(2000, 1, 1))
        UnitHolidays.objects.create(unit=shop, country="CN", starts_on=date(2000, 1, 1))
