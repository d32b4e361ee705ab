"""What a policy asks of a request, and how its signatures stand. Pure: facts in, decisions out.

``docs/how/approval.md`` states the order with worked examples.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from remit.org.working_days import WorkingCalendar

from .clauses import ALL, Clause, FactMissing, Green, Lead, Paper, StepRule


class Objection(StrEnum):
    """Why a request is not taken."""

    REFUSED = "refused"  # the clause refuses it
    LEAD = "lead"  # too late
    PAPER = "paper"  # a document is missing
    UNKNOWN = "unknown"  # a fact that the clause reads is not known
    NO_GREEN = "no_green"  # no clause opens the green channel for it
    QUOTA = "quota"  # the green channel was used too often
    OWING = "owing"  # papers of an earlier green request are overdue
    NOBODY = "nobody"  # no clause asks for a signature: nothing is approved by itself


@dataclass(frozen=True, slots=True)
class Refusal:
    """One objection by a clause (none when no clause speaks); ``paper``, ``latest`` say what and when."""

    kind: Objection
    clause: Clause | None = None
    paper: Paper | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A signature that is asked for, and by which clause."""

    clause: Clause
    rule: StepRule


@dataclass(frozen=True, slots=True)
class Needed:
    """A paper, and the clause that asks for it."""

    clause: Clause
    paper: Paper


@dataclass(frozen=True, slots=True)
class GreenUse:
    """``used``: how often the unit used the channel, by period. ``owing``: papers overdue from before."""

    used: Mapping[str, int] = field(default_factory=dict)
    owing: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """``clauses``: those that hold. ``debts``: papers owed after approval, on the green channel only.

    ``late``: clauses whose lead time was waived by it.
    """

    clauses: tuple[Clause, ...]
    refusals: tuple[Refusal, ...]
    steps: tuple[Asked, ...]
    papers: tuple[Needed, ...]
    debts: tuple[Needed, ...] = ()
    late: tuple[Clause, ...] = ()
    green: Green | None = None

    @property
    def is_taken(self) -> bool:
        return not self.refusals


def judge(
    clauses: Iterable[Clause],
    facts: Mapping[str, object],
    *,
    on: date,
    calendar: WorkingCalendar,
    given: Iterable[str] = (),
    asks_green: bool = False,
    use: GreenUse | None = None,
) -> Judgement:
    """Judge every clause on the facts; all objections are said at once.

    ``facts``: those that are known, by name. ``given``: codes of the papers that are there.
    """
    holding, refusals = _holding(clauses, facts)
    green = next((clause.green for clause in holding if clause.green), None) if asks_green else None
    if asks_green:
        refusals += _against_green(green, use or GreenUse(), holding)
    refusals += [Refusal(Objection.REFUSED, clause) for clause in holding if clause.refuse]
    have = set(given)
    needed = [Needed(clause, paper) for clause in holding for paper in clause.papers]
    missing = [each for each in needed if each.paper.code not in have]
    late, undated = _late(holding, facts, on, calendar)
    refusals += [Refusal(Objection.UNKNOWN, clause) for clause in undated]
    if green is None:
        refusals += [Refusal(Objection.LEAD, clause, latest=latest) for clause, latest in late]
        refusals += [Refusal(Objection.PAPER, each.clause, paper=each.paper) for each in missing]
    steps = tuple(Asked(clause, rule) for clause in holding for rule in clause.steps)
    barred = any(one.kind in (Objection.REFUSED, Objection.UNKNOWN) for one in refusals)
    if not barred and all(step.rule.is_arbiter for step in steps):
        refusals.append(Refusal(Objection.NOBODY))
    return Judgement(
        clauses=tuple(holding),
        refusals=tuple(refusals),
        steps=steps,
        papers=tuple(needed),
        debts=tuple(missing) if green else (),
        late=tuple(clause for clause, _latest in late) if green else (),
        green=green,
    )


def latest_day(lead: Lead, facts: Mapping[str, object], calendar: WorkingCalendar) -> date | None:
    """The last day on which the request is in time; none when the day it counts from is not known."""
    said = facts.get(lead.before)
    if not said:
        return None
    day = date.fromisoformat(str(said))
    return calendar.shifted(day, -lead.days) if lead.working else day - timedelta(days=lead.days)


def _late(
    holding: Iterable[Clause], facts: Mapping[str, object], on: date, calendar: WorkingCalendar
) -> tuple[list[tuple[Clause, date]], list[Clause]]:
    """Clauses whose last day is past, with it; and those whose day is not known."""
    late, undated = [], []
    for clause in holding:
        if clause.lead is None:
            continue
        latest = latest_day(clause.lead, facts, calendar)
        if latest is None:
            undated.append(clause)
        elif latest < on:
            late.append((clause, latest))
    return late, undated


def _holding(clauses: Iterable[Clause], facts: Mapping[str, object]) -> tuple[list[Clause], list[Refusal]]:
    known = {name: value for name, value in facts.items() if value is not None}
    holding, refusals = [], []
    for clause in clauses:
        try:
            if clause.holds(known):
                holding.append(clause)
        except FactMissing:  # what cannot be judged never passes
            refusals.append(Refusal(Objection.UNKNOWN, clause))
    return holding, refusals


def _against_green(green: Green | None, use: GreenUse, holding: Iterable[Clause]) -> list[Refusal]:
    if green is None:
        return [Refusal(Objection.NO_GREEN)]
    clause = next(clause for clause in holding if clause.green is green)
    found = []
    if use.used.get(green.period, 0) >= green.quota:
        found.append(Refusal(Objection.QUOTA, clause))
    if use.owing:
        found.append(Refusal(Objection.OWING, clause))
    return found


# -- how signatures stand ------------------------------------------------------------------------


class Said(StrEnum):
    """What one signature says."""

    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"


class Fate(StrEnum):
    """Where a round stands."""

    GOES_ON = "goes_on"
    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Seen:
    """A step with what was said on it. ``to_come``: who could still sign it (only where need is ALL)."""

    id: int
    stage: int
    need: int
    is_arbiter: bool = False
    said: tuple[Said, ...] = ()
    to_come: int = 0

    @property
    def against(self) -> Said | None:
        """The gravest of what was said against it."""
        found = [one for one in (Said.REFUSE, Said.RETURN) if one in self.said]
        return found[0] if found else None

    @property
    def is_done(self) -> bool:
        """Enough have approved, and nobody spoke against it."""
        count = sum(one == Said.APPROVE for one in self.said)
        if self.against:
            return False
        return count > 0 and self.to_come == 0 if self.need == ALL else count >= self.need


@dataclass(frozen=True, slots=True)
class Standing:
    """``open``: ids of the steps that can be signed now. ``stage``: the one they belong to."""

    fate: Fate
    stage: int = 0
    open: frozenset[int] = frozenset()


def standing(steps: Iterable[Seen]) -> Standing:
    """How a round stands: stage by stage, the steps of one stage side by side.

    In a stage without an arbiter, whoever speaks against it ends the round. With one, all others speak first;
    when they disagree the arbiter's word counts, when they agree the arbiter is not asked.
    """
    rows = list(steps)
    for stage in sorted({step.stage for step in rows}):
        found = _stage([step for step in rows if step.stage == stage], stage)
        if found is not None:
            return found
    return Standing(Fate.APPROVED if rows else Fate.GOES_ON)


def _stage(steps: list[Seen], stage: int) -> Standing | None:
    """None when the stage is passed."""
    voices = [step for step in steps if not step.is_arbiter]
    arbiters = [step for step in steps if step.is_arbiter]
    against = [said for step in voices if (said := step.against)]
    pending = frozenset(step.id for step in voices if not step.is_done and not step.against)
    if against and not arbiters:
        return Standing(_ended(against), stage)
    if pending:
        return Standing(Fate.GOES_ON, stage, pending)
    if not against:
        return None
    if not any(step.is_done for step in voices):  # all are against it: nothing to arbitrate
        return Standing(_ended(against), stage)
    ruled = [said for step in arbiters if (said := step.against)]
    if ruled:
        return Standing(_ended(ruled), stage)
    unsaid = frozenset(step.id for step in arbiters if not step.is_done)
    return Standing(Fate.GOES_ON, stage, unsaid) if unsaid else None


def _ended(against: Iterable[Said]) -> Fate:
    return Fate.REFUSED if Said.REFUSE in against else Fate.RETURNED


# -- who may sign --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hand:
    """``signer`` signs for ``principal``; the same when they sign as themselves."""

    signer: int
    principal: int

    @property
    def people(self) -> frozenset[int]:
        return frozenset({self.signer, self.principal})


def able(hands: Iterable[Hand], *, involved: frozenset[int]) -> tuple[Hand, ...]:
    """The hands that may sign: none that had a part in the round already.

    ``involved``: author, owners, signers and principals of the round so far. With two ways a person signs as
    themselves.
    """
    free = [hand for hand in hands if not hand.people & involved]
    best: dict[int, Hand] = {}
    for hand in sorted(free, key=lambda hand: hand.signer != hand.principal):
        best.setdefault(hand.signer, hand)
    return tuple(best.values())
