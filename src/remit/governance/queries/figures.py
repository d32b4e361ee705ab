"""How long approvals take, and where they wait."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import NamedTuple

from django.db.models import QuerySet

from remit.org.queries.positions import positions_by_id

from ..enums import Decision, RequestState
from ..kinds import kinds
from ..models import Request, Round, Signature


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Rounds of one kind. ``hours``: the median from submission to the decision; none without any."""

    kind: str
    rounds: int
    approved: int
    returned: int
    refused: int
    open: int
    green: int
    hours: float | None

    @property
    def returned_share(self) -> float | None:
        decided = self.approved + self.returned + self.refused
        return self.returned / decided if decided else None


@dataclass(frozen=True, slots=True)
class SignerFigures:
    """Signatures of one position (or role). ``hours``: the median from opening to signing."""

    title: str
    signatures: int
    against: int
    late: int
    hours: float | None


def by_kind(requests: QuerySet[Request], since: datetime) -> list[KindFigures]:
    """Rounds submitted since a moment, by kind."""
    rows = Round.objects.filter(request__in=requests, at__gte=since)
    groups: defaultdict[str, list[tuple[str, datetime, datetime | None, bool]]] = defaultdict(list)
    for kind, outcome, at, ended, green in rows.values_list(
        "request__kind", "outcome", "at", "ended_at", "is_green"
    ):
        groups[kind].append((outcome, at, ended, green))
    return [_of_kind(kind, groups[kind]) for kind in sorted(groups)]


def by_signer(requests: QuerySet[Request], since: datetime, language: str) -> list[SignerFigures]:
    """Signatures given since a moment, by the position that was asked, the slowest first."""
    rows = Signature.objects.filter(step__round__request__in=requests, at__gte=since)
    asked = rows.values_list(
        "step__position",
        "step__round__request__kind",
        "step__role",
        "decision",
        "step__opened_at",
        "step__due_at",
        "at",
    )
    groups: defaultdict[tuple[int | None, str], list[_Given]] = defaultdict(list)
    for position, kind, role, *given in asked:
        groups[position, "" if position else _role_title(kind, role)].append(_Given._make(given))
    positions = positions_by_id({position for position, _role in groups if position})
    found = [
        SignerFigures(
            title=str(positions[position].title(language)) if position else role,
            signatures=len(signed),
            against=sum(one.decision != Decision.APPROVE for one in signed),
            late=sum(bool(one.due_at and one.at > one.due_at) for one in signed),
            hours=_hours((one.opened_at, one.at) for one in signed),
        )
        for (position, role), signed in groups.items()
    ]
    return sorted(found, key=lambda row: -(row.hours or 0))


def _role_title(kind: str, role: str) -> str:
    """What a kind calls a role; the code where no room declares the kind any more."""
    declared = kinds().get(kind)
    return str(declared.roles.get(role, role)) if declared else role


class _Given(NamedTuple):
    """A signature with the times of its step."""

    decision: str
    opened_at: datetime | None
    due_at: datetime | None
    at: datetime


def _of_kind(kind: str, rows: list[tuple[str, datetime, datetime | None, bool]]) -> KindFigures:
    outcomes = [outcome for outcome, _at, _ended, _green in rows]
    decided = (RequestState.APPROVED, RequestState.RETURNED, RequestState.REFUSED)
    return KindFigures(
        kind=kind,
        rounds=len(rows),
        approved=outcomes.count(RequestState.APPROVED),
        returned=outcomes.count(RequestState.RETURNED),
        refused=outcomes.count(RequestState.REFUSED),
        open=outcomes.count(""),
        green=sum(green for *_rest, green in rows),
        hours=_hours((at, ended) for outcome, at, ended, _green in rows if outcome in decided),
    )


def _hours(spans: Iterable[tuple[datetime | None, datetime | None]]) -> float | None:
    lasted = [(end - start).total_seconds() / 3600 for start, end in spans if start and end]
    return median(lasted) if lasted else None
