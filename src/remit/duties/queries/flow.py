"""The chain of all duties: stages from left to right, and what each gives to the next."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from remit.core.text import Text

from ..enums import State
from ..models import Duty, Occurrence
from .handbook import by_code
from .history import words_of

# Which part of the chain a duty belongs to, by the beginning of its code; the longest that fits counts.
STAGES: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("洞察", "Insight"), ("H2.1.1", "H2.1.2", "H2.5.2", "H3.2.1", "H5.2.1", "H5.3.3", "H6.1.2")),
    (Text("策略", "Strategy"), ("H1", "H2.1", "H2.2.1", "H2.5.3", "H3.1", "H4.1", "H4.2.2")),
    (Text("執行", "Execution"), ("H2", "H4.2", "H4.3", "H5.1", "H5.2", "H5.4.1")),
    (Text("評估與改進", "Evaluation and improvement"), ("H3.5", "H4.4", "H4.5", "H6")),
    (Text("組織與支撐", "Organisation and support"), ("H3", "H5")),
)
OTHER = Text("其他", "Other")


@dataclass(frozen=True, slots=True)
class Node:
    """A duty on the map. ``overdue``: how many open ones of the reader's units are late; ``owed``: by any."""

    code: str
    title: str
    overdue: int
    owed: bool


@dataclass(frozen=True, slots=True)
class Link:
    """``giver`` gives ``what`` to ``taker``."""

    giver: str
    taker: str
    what: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Stages with their duties, and the links between duties on the map."""

    stages: tuple[tuple[str, tuple[Node, ...]], ...]
    links: tuple[Link, ...]


def chain_of(charges: Collection[int], at: datetime, language: str) -> Chain:
    """The whole handbook, with how it stands for some charges; four queries."""
    duties = list(Duty.objects.filter(retired_at=None).select_related("current"))
    words_of(duties, language)
    late = Q(state=State.OPEN, due_at__lte=at)
    rows = (
        Occurrence.objects.filter(charge__in=charges).filter(Q(state=State.OPEN)).values("charge__duty__code")
    )
    overdue = {row["charge__duty__code"]: row["n"] for row in rows.annotate(n=Count("pk", filter=late))}
    owed = set(Duty.objects.filter(charges__in=charges).values_list("code", flat=True))
    stages: defaultdict[int, list[Node]] = defaultdict(list)
    for duty in sorted(duties, key=lambda each: by_code(each.code)):
        title = str(duty.title)  # type: ignore[attr-defined]  # ``words_of`` sets it
        node = Node(duty.code, title, overdue.get(duty.code, 0), duty.code in owed)
        stages[stage_of(duty.code)].append(node)
    known = {duty.code for duty in duties}
    links = tuple(
        Link(duty.code, rule["to"], Text(rule["what"]["zh"], rule["what"]["en"]).say(language))
        for duty in duties
        if duty.current is not None
        for rule in duty.current.hands_over
        if rule["to"] in known
    )
    titles = [*(title for title, _codes in STAGES), OTHER]
    return Chain(
        tuple((titles[number].say(language), tuple(nodes)) for number, nodes in sorted(stages.items())), links
    )


def stage_of(code: str) -> int:
    """The number of the stage; one more than there are for a code of somebody's own handbook."""
    fits = [
        (len(start), n) for n, (_t, starts) in enumerate(STAGES) for start in starts if _begins(code, start)
    ]
    return max(fits)[1] if fits else len(STAGES)


def _begins(code: str, start: str) -> bool:
    return (
        code == start
        or code.startswith((f"{start}.", f"{start}-"))
        or (code.startswith(start) and code[len(start) :].isalpha())
    )
