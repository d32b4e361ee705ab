"""The whys of a diagnosis as a tree, each with what it rests on and what is done about it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from remit.learning.enums import WhyVerdict
from remit.learning.models import Diagnosis, Why

from ..figures.sight import Sight
from .evidence import Evidence, evidence_of
from .words import VERDICT_ICONS, VERDICT_TONES, Act, act_of


@dataclass
class Node:
    """A why in its place: ``number`` is 1.2.1; ``below`` are those that answer it."""

    why: Why
    number: str
    evidence: Sequence[Evidence] = ()
    acts: Sequence[Act] = ()
    below: list["Node"] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return VERDICT_TONES.get(WhyVerdict(self.why.verdict), "")

    @property
    def icon(self) -> str:
        return VERDICT_ICONS[WhyVerdict(self.why.verdict)]


def tree_of(diagnosis: Diagnosis, sight: Sight, currency: str) -> list[Node]:
    """The whys that begin it, those below them in their order; a fixed number of queries."""
    rows = list(diagnosis.whys.select_related("judged_by").order_by("place", "pk"))
    clues = evidence_of(rows, diagnosis.unit, sight)
    acts: dict[int, list[Act]] = defaultdict(list)
    remedies = [one for why in _with_remedies(diagnosis) for one in why.remedies.all()]
    for one in remedies:
        acts[one.why_id].append(act_of(one, currency))
    by_parent: dict[int | None, list[Why]] = defaultdict(list)
    for why in rows:
        by_parent[why.parent_id].append(why)
    return _below(None, "", by_parent, clues, acts)


def _with_remedies(diagnosis: Diagnosis) -> list[Why]:
    return list(diagnosis.whys.prefetch_related("remedies__owner"))


def _below(
    parent: int | None, number: str, by_parent: Mapping[int | None, list[Why]],
    clues: Mapping[int, list[Evidence]], acts: Mapping[int, list[Act]],
) -> list[Node]:  # fmt: skip
    nodes = []
    for place, why in enumerate(by_parent.get(parent, ()), start=1):
        own = f"{number}.{place}" if number else str(place)
        below = _below(why.pk, own, by_parent, clues, acts)
        nodes.append(Node(why, own, clues.get(why.pk, ()), acts.get(why.pk, ()), below))
    return nodes
