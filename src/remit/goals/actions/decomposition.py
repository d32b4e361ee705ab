"""Split a goal into parts that add up to it exactly, and take a split back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.audit.chain import plain
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person
from remit.org.queries.organisation import heads_of, organisation_on
from remit.org.queries.today import company_day

from .. import events
from ..enums import Cut, GoalState, Lever, SplitMethod
from ..models import Goal
from ..queries.goals import measured
from ..queries.proposals import Piece, pieces_of
from ..serving import served_among
from ..splitting import NothingToSplitBy, split_amount
from .goal import GoalBinds, held_goal, parts_below


class PartsDoNotAddUp(ValueError):
    """The parts are more or less than the whole; the message says by how much."""


class AlreadySplit(ValueError):
    """A goal has one split at a time."""


@dataclass(frozen=True, slots=True)
class Sized:
    """One part: its size, and what is to move it."""

    amount: Decimal
    lever: str = ""


@transaction.atomic
def split_goal(
    *, goal: Goal, cut: str, method: str, parts: Sequence[Sized], by: Person, at: datetime
) -> list[Goal]:
    """Cut a goal into quarters, months or the units below; a part for each, in their order.

    Parts of a goal in force are in force at once. Raise PartsDoNotAddUp, AlreadySplit, GoalBinds,
    CannotPropose.
    """
    goal = held_goal(goal)
    if goal.state not in (GoalState.DRAFT, GoalState.ACTIVE) or goal.target is None:
        raise GoalBinds(_("Only a draft or a goal in force, with a target, is split."))
    if goal.cut:
        raise AlreadySplit(_("The goal is split already: undo that split first."))
    pieces = pieces_of(goal, Cut(cut))
    _require_sum(goal, cut, parts, len(pieces))
    heads = _heads(goal, pieces, at) if cut == Cut.UNIT else {}
    baselines = _baselines(goal, parts)
    made = [
        _part(goal, piece, sized, baseline, heads.get(piece.unit.pk), by, at)
        for piece, sized, baseline in zip(pieces, parts, baselines, strict=True)
    ]
    goal.cut, goal.split_by, goal.changed_at = Cut(cut), SplitMethod(method), at
    goal.save(update_fields=["cut", "split_by", "changed_at"])
    said = [[piece.name, plain(part.target), part.lever] for piece, part in zip(pieces, made, strict=True)]
    fields = {"title": goal.title, "count": len(made), "method": str(method), "parts": said}
    record(events.GOAL_SPLIT, goal, by=by, at=at, fields=fields)
    return made


@transaction.atomic
def undo_split(*, goal: Goal, by: Person, at: datetime) -> Goal:
    """Take a split back: drafts go, what was in force is dropped. A campaign that serves a part keeps it."""
    goal = held_goal(goal)
    if not goal.cut:
        raise AlreadySplit(_("The goal is not split."))
    parts = [*parts_below(goal, GoalState.DRAFT), *parts_below(goal, GoalState.ACTIVE)]
    taken = served_among([part.pk for part in parts])
    served = next((part for part in parts if part.pk in taken), None)
    if served is not None:
        raise GoalBinds(_("Campaigns serve the part “%s”: the split stays.") % served.title)
    hanging = Goal.objects.filter(parent__in=[part.pk for part in parts], is_part=False).first()
    if hanging is not None:
        raise GoalBinds(_("“%s” hangs on a part: give it another parent first.") % hanging.title)
    for part in sorted(parts, key=lambda each: each.path, reverse=True):
        if part.state == GoalState.DRAFT:
            part.delete()
        else:
            part.state, part.ended_at, part.changed_at = GoalState.DROPPED, at, at
            part.end_reason = _("The split was undone.")
            part.save(update_fields=["state", "ended_at", "end_reason", "changed_at"])
    goal.cut, goal.split_by, goal.changed_at = "", "", at
    goal.save(update_fields=["cut", "split_by", "changed_at"])
    record(events.SPLIT_UNDONE, goal, by=by, at=at, fields={"title": goal.title})
    return goal


@transaction.atomic
def give_lever(*, goal: Goal, lever: str, by: Person, at: datetime) -> Goal:
    """Say what is to move a goal or a part of one."""
    goal = held_goal(goal)
    if goal.state not in (GoalState.DRAFT, GoalState.ACTIVE):
        raise GoalBinds(_("This has ended and stays as it is."))
    goal.lever, goal.changed_at = Lever(lever) if lever else "", at
    goal.save(update_fields=["lever", "changed_at"])
    record(events.GOAL_CHANGED, goal, by=by, at=at, fields={"title": goal.title, "changes": ["lever"]})
    return goal


def _require_sum(goal: Goal, cut: str, parts: Sequence[Sized], wanted: int) -> None:
    if len(parts) != wanted:
        said = _("There are %(parts)s parts, and %(numbers)s numbers were given.")
        raise PartsDoNotAddUp(said % {"parts": wanted, "numbers": len(parts)})
    figure = measured(goal, catalogue())
    if not (figure.adds_up if cut == Cut.UNIT else figure.adds):
        return
    target = Decimal(goal.target or 0)
    over = sum((part.amount for part in parts), Decimal(0)) - target
    unit = Decimal(1).scaleb(-figure.places)
    if over:
        words = _("more than") if over > 0 else _("less than")
        said = _("The parts are %(gap)s %(words)s the whole of %(whole)s.")
        gap = f"{abs(over).quantize(unit):,f}"
        raise PartsDoNotAddUp(said % {"gap": gap, "words": words, "whole": f"{target.quantize(unit):,f}"})


def _heads(goal: Goal, pieces: Sequence[Piece], at: datetime) -> dict[int, Person]:
    """Who heads each unit: a unit's part is theirs; where nobody does, the goal's owner keeps it."""
    on = company_day(at)
    organisation = organisation_on(on)
    ids = {piece.unit.pk: heads_of(piece.unit, organisation, on) for piece in pieces}
    people = Person.objects.in_bulk([found[0] for found in ids.values() if found])
    return {unit: people[found[0]] for unit, found in ids.items() if found}


def _baselines(goal: Goal, parts: Sequence[Sized]) -> list[Decimal | None]:
    """Of what adds up, a part of the baseline as large as its part of the target; a level has its own."""
    figure = measured(goal, catalogue())
    if goal.baseline is None or not figure.adds:
        return [goal.baseline] * len(parts)
    try:
        return list(split_amount(goal.baseline, [part.amount for part in parts], figure.places))
    except NothingToSplitBy:
        return [goal.baseline] * len(parts)


def _part(  # house: actions: a part is what the whole is, but for these
    goal: Goal,
    piece: Piece,
    sized: Sized,
    baseline: Decimal | None,
    head: Person | None,
    by: Person,
    at: datetime,
) -> Goal:
    whole = goal
    while whole.is_part and whole.parent is not None:
        whole = whole.parent
    part = Goal(
        parent=goal, strategy=goal.strategy, unit=piece.unit, title=f"{piece.name} · {whole.title}"[:160],
        metric=goal.metric, where=goal.where, measured_in=goal.measured_in, grows=goal.grows,
        currency=goal.currency, baseline=baseline, target=sized.amount, starts_on=piece.period.first,
        ends_on=piece.period.last, owner=head or goal.owner, money=None, lever=sized.lever, is_part=True,
        resources=_("Of the whole: %s") % whole.title, state=goal.state, activated_by=goal.activated_by,
        activated_at=goal.activated_at, made_by=by, made_at=at, changed_at=at,
    )  # fmt: skip
    part.save()
    part.path = part.path_below(goal)
    part.save(update_fields=["path"])
    return part
