"""The positions that ship with the product (H3.2), for every installation."""

from dataclasses import dataclass

from remit.core.text import Text

from .enums import Ability, Board
from .shipped import read, said


@dataclass(frozen=True, slots=True)
class ShippedPosition:
    """A position as it is added where it is missing; an installation may change it afterwards.

    ``reports_to``: code of the position above, empty for the topmost. ``skills``: codes of skills with the
    level that is asked for.
    """

    code: str
    name: str
    name_en: str
    board: Board
    abilities: tuple[Ability, ...]
    reports_to: str
    leads: bool
    is_key: bool
    purpose: Text
    deliverables: tuple[Text, ...]
    skills: dict[str, int]


SHIPPED_POSITIONS = tuple(
    ShippedPosition(
        code=row["code"],
        name=row["name"]["zh"],
        name_en=row["name"]["en"],
        board=Board(row["board"]),
        abilities=tuple(map(Ability, row["abilities"])),
        reports_to=row.get("reports_to", ""),
        leads=row.get("leads", False),
        is_key=row.get("key", False),
        purpose=said(row["purpose"]),
        deliverables=tuple(map(said, row["deliverables"])),
        skills=row["skills"],
    )
    for row in read("positions")
)
