"""The policies that come with the product, and what of them a company does not have yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..kinds import kinds
from ..models import Policy, PolicyVersion

FOLDER = Path(__file__).parent.parent / "policies"

type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShippedPolicy:
    """``title`` by language; ``clauses`` as a version keeps them."""

    title: Mapping[str, str]
    clauses: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class NewClause:
    """A clause that ships otherwise than it stands here. ``ours`` none: it is new; ``theirs`` none: it ended.

    ``is_own``: somebody here wrote it so; taking the shipped one would undo that.
    """

    code: str
    ours: dict[str, Any] | None
    theirs: dict[str, Any] | None
    is_own: bool


@lru_cache
def shipped_policy(kind: str) -> ShippedPolicy | None:
    """What ships for a kind of request; none where nothing does."""
    path = FOLDER / f"{kind}.yaml"
    if kind not in kinds() or not path.exists():
        return None
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    return ShippedPolicy(said["title"], said["clauses"])


def new_clauses(policy: Policy) -> list[NewClause]:
    """What ships for the policy and never stood in a version here, and what no longer ships; in their order.

    What was here once and was changed by somebody is known and not new; nor is a clause of the company's own.
    """
    shipped = shipped_policy(policy.kind)
    versions = list(policy.versions.order_by("number"))
    if shipped is None or not versions:
        return []
    return newer(versions, shipped.clauses)


def newer(versions: list[PolicyVersion], shipped: list[dict[str, Any]]) -> list[NewClause]:
    """The same for versions in their order, the oldest first, and the clauses that ship."""
    ours, theirs = by_code(versions[-1].clauses), by_code(shipped)
    stood = [row for version in versions for row in version.clauses]
    came = [row for version in versions if version.by_id is None for row in version.clauses]
    found = [
        NewClause(code, ours.get(code), row, is_own=code in ours and ours[code] not in came)
        for code, row in theirs.items()
        if row not in stood
    ]
    ended = [code for code, row in ours.items() if code not in theirs and row in came]
    return found + [NewClause(code, ours[code], None, is_own=False) for code in ended]


def by_code(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Clauses as a version keeps them, by code."""
    return {str(row["code"]): row for row in rows}
