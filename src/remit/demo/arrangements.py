"""Who is away, lent or in a project when the demonstration is set up: configuration, marked as such.

Days count from the day on which it is set up.
"""

from dataclasses import dataclass

from .cast import GROUP


@dataclass(frozen=True, slots=True)
class Away:
    """``delegate`` acts meanwhile; without one the gaps say so."""

    person: str
    first_day: int
    last_day: int
    kind: str
    delegate: str = ""


@dataclass(frozen=True, slots=True)
class Lent:
    """A person, by the login, from where they belong to another unit, in the position that they hold."""

    person: str
    unit: str
    first_day: int
    last_day: int
    reason: str


@dataclass(frozen=True, slots=True)
class Member:
    """``share``: percent of the person's time."""

    person: str
    share: int
    role: str


AWAY = (
    Away("crm", -1, 6, "leave", delegate="digital"),
    Away("training", 0, 4, "travel"),
)

LENT = Lent("floor", "journey-west", -14, 45, "支援西區年節檔期的門市人力")

PROJECT_CODE, PROJECT_NAME, PROJECT_NAME_EN = (
    "holiday-season",
    "年節聯合檔期",
    "Holiday season, both retailers",
)
PROJECT_UNIT, PROJECT_LEAD, PROJECT_ARBITER = GROUP, "projects", "director"
PROJECT_FIRST_DAY, PROJECT_LAST_DAY = -21, 70
PROJECT_DECIDES = {"priorities": "project", "content": "functional", "people": "functional"}  # money: both
PROJECT_MEMBERS = (
    Member("digital", 30, "投放與流量"),
    Member("brand", 20, "主視覺與文案"),
    Member("tafeng", 20, "台北門市的資料"),
)
