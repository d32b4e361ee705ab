"""A kind of request of the tests' own: a note that somebody wants to put up."""

from dataclasses import dataclass, field

from remit.core.ref import Ref
from remit.governance.clauses import DATE, FLAG, NUMBER, TEXT
from remit.governance.kinds import Fact, Kind, Subject


@dataclass
class Note:
    unit: int
    text: str = "打折"
    money: float | None = 1000.0
    starts_on: str | None = "2026-04-01"
    is_major: bool = False
    roles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    own: tuple[int, ...] = ()
    put_up: int = 0


NOTES: dict[int, Note] = {}


def read(ref: Ref) -> Subject:
    note = NOTES[ref.id]
    return Subject(
        title=note.text,
        unit=note.unit,
        facts={
            "money": note.money,
            "starts_on": note.starts_on,
            "is_major": note.is_major,
            "text": note.text,
        },
        content={"text": note.text, "money": note.money, "starts_on": note.starts_on},
        roles=note.roles,
        own=note.own,
    )


def put_up(*, request, by, at) -> None:
    NOTES[request.ref.id].put_up += 1


NOTE = Kind(
    code="note",
    title="Note",
    read_at="tests.governance.notes.read",
    approve_at="tests.governance.notes.put_up",
    facts={
        "money": Fact(NUMBER, "money"),
        "starts_on": Fact(DATE, "start"),
        "is_major": Fact(FLAG, "major"),
        "text": Fact(TEXT, "text"),
    },
    roles={"lead": "lead", "arbiter": "arbiter"},
)
