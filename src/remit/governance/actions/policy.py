"""Publish what a policy says from now on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Position

from .. import events
from ..clauses import Clause, UnreadableClause, clauses_of
from ..kinds import kind_of, kinds
from ..models import Policy, PolicyVersion
from ..queries.shipped import by_code, new_clauses, shipped_policy


class NothingChanged(ValueError):
    """The version says what the one before says."""


class NothingTaken(ValueError):
    """No clause was chosen, or none of those ships otherwise than it stands."""


class ChangedMeanwhile(ValueError):
    """Somebody else published a version while this one was written."""


def read_clauses(kind: str, rows: list[dict[str, Any]]) -> tuple[Clause, ...]:
    """Check clauses for a kind: conditions, positions and roles; raise UnreadableClause."""
    known = kind_of(kind)
    clauses = clauses_of(rows, known.fact_types)
    positions = set(Position.objects.values_list("code", flat=True))
    for clause in clauses:
        for step in clause.steps:
            if step.position and step.position not in positions:
                raise UnreadableClause(
                    f"{clause.code}.steps",
                    f"沒有「{step.position}」這個崗位",
                    f"no position {step.position!r}",
                )
            if step.role and step.role not in known.roles:
                raise UnreadableClause(
                    f"{clause.code}.steps",
                    f"沒有「{step.role}」這個角色；這類申請有：{'、'.join(known.roles) or '（無）'}",
                    f"no role {step.role!r}; this kind has: {', '.join(known.roles) or 'none'}",
                )
    return clauses


@transaction.atomic
def publish_version(
    *,
    kind: str,
    rows: list[dict[str, Any]],
    reason: str,
    by: Person | None,
    at: datetime,
    title: Mapping[str, str] | None = None,
    after: int | None = None,
) -> PolicyVersion:
    """Make these clauses the rules for a kind; requests that are being signed keep theirs.

    ``after``: the number of the version that was edited; raise ChangedMeanwhile when it is not the newest.
    Raise UnreadableClause, NothingChanged.
    """
    read_clauses(kind, rows)
    said = title or {}
    policy, _made = Policy.objects.get_or_create(
        kind=kind, defaults={"title": said.get("zh", kind), "title_en": said.get("en", "")}
    )
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    newest = policy.versions.order_by("-number").first()
    number = newest.number if newest else 0
    if after is not None and after != number:
        raise ChangedMeanwhile(
            _("Version %(number)s was published meanwhile. Look at it, then apply your change to it.")
            % {"number": number}
        )
    if newest and newest.clauses == rows:
        raise NothingChanged(_("This is what version %(number)s says already.") % {"number": number})
    version = PolicyVersion.objects.create(
        policy=policy, number=number + 1, clauses=rows, reason=reason[:300], by=by, at=at
    )
    changes = changed_clauses(newest.clauses if newest else [], rows)
    fields = {"kind": kind, "version": version.number, "reason": reason[:300], "changes": changes}
    record(events.POLICY_PUBLISHED, policy, by=by, at=at, fields=fields)
    return version


@transaction.atomic
def take_shipped(
    *, policy: Policy, codes: Collection[str], reason: str, by: Person, at: datetime, after: int
) -> PolicyVersion:
    """Publish a version in which these clauses stand as they ship now; all others stay as they are.

    A clause that no longer ships goes; a new one comes behind the one that it follows where it ships.
    Raise NothingTaken, and as ``publish_version`` does.
    """
    chosen = {each.code: each for each in new_clauses(policy) if each.code in codes}
    if not chosen:
        raise NothingTaken(_("Choose at least one clause that ships otherwise than it stands here."))
    newest = policy.versions.order_by("-number").first()
    rows = by_code(newest.clauses if newest else [])
    shipped = shipped_policy(policy.kind)
    order = list(by_code(shipped.clauses if shipped else []))
    for code, each in chosen.items():
        if each.theirs is None:
            del rows[code]
        elif code in rows:
            rows[code] = each.theirs
        else:
            rows = _placed(rows, each.theirs, order)
    said = reason.strip() or _("Taken as it ships with the product: %s") % ", ".join(sorted(chosen))
    return publish_version(
        kind=policy.kind, rows=list(rows.values()), reason=said, by=by, at=at, after=after
    )  # fmt: skip


def _placed(
    rows: dict[str, dict[str, Any]], row: dict[str, Any], order: list[str]
) -> dict[str, dict[str, Any]]:
    """With a new clause behind the nearest that ships before it; first where none of those is there."""
    code = str(row["code"])
    before = [each for each in order[: order.index(code)] if each in rows]
    place = list(rows).index(before[-1]) + 1 if before else 0
    items = list(rows.items())
    return dict([*items[:place], (code, row), *items[place:]])


def changed_clauses(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    """Codes of the clauses that were added, removed or changed."""
    old = {str(row["code"]): row for row in before}
    new = {str(row["code"]): row for row in after}
    return sorted(code for code in {*old, *new} if old.get(code) != new.get(code))


@dataclass(frozen=True, slots=True)
class Shipped:
    """Kinds whose policy was added; and those that name something that is not there yet, with what."""

    added: tuple[str, ...]
    waiting: Mapping[str, str]


def ship_policies(*, at: datetime) -> Shipped:
    """Publish the policies that come with the product where a kind has none; what a company has stays.

    Also after an upgrade: again it changes nothing. A policy that asks for a position which the company does
    not have waits, and is published the next time.
    """
    there = set(Policy.objects.values_list("kind", flat=True))
    added, waiting = [], {}
    for code in kinds():
        said = shipped_policy(code)
        if said is None or code in there:
            continue
        try:
            publish_version(
                kind=code, rows=said.clauses, title=said.title, reason="", by=None, at=at
            )  # fmt: skip
        except UnreadableClause as error:
            waiting[code] = str(error)
        else:
            added.append(code)
    return Shipped(tuple(added), waiting)
