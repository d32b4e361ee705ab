"""How well people estimate: what was said against what was measured, by author, unit, kind and approver."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from ..models import Score

FEW = 5  # with fewer a mean says little about who estimated


@dataclass(frozen=True, slots=True)
class Group:
    """``bias``: mean signed error, above zero where too much was promised; ``error``: mean absolute error.

    Both relative to what was measured, for ROI in points. ``inside``: of those with a range, how many results
    lay in it. ``who``: a person, a unit or a kind.
    """

    who: Any
    part: str
    count: int
    bias: float | None
    error: float | None
    ranged: int
    inside: int

    @property
    def is_few(self) -> bool:
        return self.count < FEW


def read_scores(scores: QuerySet[Score]) -> list[Score]:
    """With everything that the page names."""
    related = scores.select_related("estimate__by", "estimate__plan__unit").prefetch_related("approvers")
    return list(related.order_by("-scored_at", "estimate_id", "pk"))


GROUPINGS: dict[str, Callable[[Score], Iterable[Any]]] = {
    "author": lambda score: (score.estimate.by,),
    "unit": lambda score: (score.estimate.plan.unit,),
    "kind": lambda score: (score.estimate.plan.get_kind_display(),),
    "approver": lambda score: score.approvers.all(),
}


def grouped(scores: Iterable[Score], by: str) -> list[Group]:
    """One entry for each and part, those with most estimates first."""
    members: dict[tuple[Any, str], list[Score]] = defaultdict(list)
    for score in scores:
        for who in GROUPINGS[by](score):
            members[who, score.part].append(score)
    rows = [_group(who, part, rows) for (who, part), rows in members.items()]
    return sorted(rows, key=lambda row: (-row.count, str(row.who), row.part))


def _group(who: Any, part: str, rows: list[Score]) -> Group:
    errors = [error for row in rows if (error := row.error) is not None]
    ranged = [row for row in rows if row.is_inside is not None]
    return Group(
        who, part, len(rows), _mean(errors), _mean([abs(error) for error in errors]), len(ranged),
        sum(bool(row.is_inside) for row in ranged),
    )  # fmt: skip


def _mean(values: list[Decimal]) -> float | None:
    return float(sum(values) / len(values)) if values else None
