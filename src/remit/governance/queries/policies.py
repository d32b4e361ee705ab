"""Which version of a policy rules now, and what it would have said about the past."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from ..clauses import Clause
from ..deciding import Judgement
from ..models import Policy, PolicyVersion, Round
from .judging import judgement_of_round

REPLAYED_MAX = 2000


def current_version(kind: str) -> PolicyVersion | None:
    """The newest version of the policy for a kind of request; none when no policy rules it."""
    rows = PolicyVersion.objects.filter(policy__kind=kind).select_related("policy")
    return rows.order_by("-number").first()


def versions_of(policy: Policy) -> list[PolicyVersion]:
    """Every version, newest first."""
    return list(policy.versions.select_related("by", "policy").order_by("-number"))


def policies_with_versions(policies: QuerySet[Policy]) -> list[tuple[Policy, PolicyVersion | None]]:
    """Policies by kind, each with the version that rules now."""
    newest: dict[int, PolicyVersion] = {}
    for version in PolicyVersion.objects.filter(policy__in=policies).order_by("number"):
        newest[version.policy_id] = version
    return [(policy, newest.get(policy.pk)) for policy in policies.order_by("kind")]


@dataclass(frozen=True, slots=True)
class Replayed:
    """A past round and what the clauses would ask of it."""

    round: Round
    was: Judgement
    now: Judgement

    @property
    def is_same(self) -> bool:
        return _route(self.was) == _route(self.now) and _objections(self.was) == _objections(self.now)


def replay(policy: Policy, clauses: tuple[Clause, ...], *, limit: int = REPLAYED_MAX) -> list[Replayed]:
    """Judge past rounds of a kind by other clauses, newest first, each as on its day."""
    rows = Round.objects.filter(request__kind=policy.kind).select_related(
        "request__unit", "version__policy", "by"
    )
    found = []
    for row in rows.order_by("-at", "-pk")[:limit]:
        was = judgement_of_round(row, row.version.read())
        found.append(Replayed(row, was, judgement_of_round(row, clauses)))
    return found


def changes_of(replayed: list[Replayed]) -> Counter[str]:
    """How many would go the same way, another way, be refused, or no longer be refused."""
    counts: Counter[str] = Counter()
    for each in replayed:
        if each.is_same:
            counts["same"] += 1
        elif each.was.is_taken and not each.now.is_taken:
            counts["refused"] += 1
        elif not each.was.is_taken and each.now.is_taken:
            counts["taken"] += 1
        else:
            counts["other"] += 1
    return counts


def _route(judgement: Judgement) -> list[tuple[object, ...]]:
    return sorted(
        (asked.rule.stage, asked.rule.position, asked.rule.role, asked.rule.where, asked.rule.need)
        for asked in judgement.steps
    )


def _objections(judgement: Judgement) -> list[tuple[str, str]]:
    return sorted((one.kind, one.paper.code if one.paper else "") for one in judgement.refusals)
