"""The tree of whys: ask, give evidence, judge."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.core.scope import Scope
from remit.metrics.queries.definitions import catalogue
from remit.metrics.saved import read_saved
from remit.org.models import Person

from .. import events
from ..enums import ClueKind, WhyVerdict
from ..models import Clue, Diagnosis, Experiment, Why
from ..queries.diagnosing import frozen
from .diagnosis import DiagnosisUnclear, held, held_with

DEPTH_MOST, WHYS_MOST, CLUES_MOST = 10, 100, 20


@transaction.atomic
def ask_why(*, diagnosis: Diagnosis, parent: Why | None, statement: str, by: Person, at: datetime) -> Why:
    """Add a possible cause: of what goes wrong, or of the why above it."""
    row = held(diagnosis)
    statement = statement.strip()[:400]
    if not statement:
        raise DiagnosisUnclear(_("Write what the cause may be."))
    if twin := row.whys.filter(parent=parent, statement=statement).first():
        return twin  # a second click, or asked already
    if row.whys.count() >= WHYS_MOST:
        raise DiagnosisUnclear(_("A diagnosis has at most %d whys.") % WHYS_MOST)
    if parent is not None:
        _require_asked_again(row, parent)
    last = row.whys.filter(parent=parent).aggregate(last=Max("place"))["last"]
    why = Why.objects.create(
        diagnosis=row, parent=parent, place=0 if last is None else last + 1, statement=statement
    )
    record(events.WHY_ADDED, row, by=by, at=at, fields=_said(row, why))
    return why


@transaction.atomic
def remove_why(*, why: Why, by: Person, at: datetime) -> None:
    """Take out a why on which nothing rests yet."""
    row, why = held_with(why)
    if why.children.exists() or why.clues.exists() or why.remedies.exists():
        raise DiagnosisUnclear(_("Something rests on this why already: rule it out instead, with a reason."))
    record(events.WHY_REMOVED, row, by=by, at=at, fields=_said(row, why))
    why.delete()


@transaction.atomic
def judge_why(*, why: Why, verdict: str, reason: str, by: Person, at: datetime) -> Why:
    """Say what the evidence says. Without evidence nothing is judged (H6.2.1)."""
    row, why = held_with(why)
    chosen = WhyVerdict(verdict)
    if chosen != WhyVerdict.OPEN and not why.clues.exists():
        raise DiagnosisUnclear(_("A why is judged on evidence: give a figure, a quote or a test first."))
    if chosen == WhyVerdict.RULED_OUT and not reason.strip():
        raise DiagnosisUnclear(_("Say why it is ruled out."))
    if chosen != WhyVerdict.HOLDS and why.children.exclude(verdict=WhyVerdict.RULED_OUT).exists():
        raise DiagnosisUnclear(_("Causes below this why are not ruled out, so it holds and is no root."))
    if chosen != WhyVerdict.ROOT and why.remedies.filter(dropped_for="").exists():
        raise DiagnosisUnclear(_("Something is done about this cause: drop that first."))
    why.verdict, why.reason = chosen, reason.strip()[:600]
    judged = chosen != WhyVerdict.OPEN
    why.judged_by, why.judged_at = (by, at) if judged else (None, None)
    why.save(update_fields=["verdict", "reason", "judged_by", "judged_at"])
    fields = {**_said(row, why), "verdict": chosen, "reason": why.reason}
    record(events.WHY_JUDGED, row, by=by, at=at, fields=fields)
    return why


def add_figure(
    *, why: Why, question: Mapping[str, Any], words: str, by: Person, at: datetime,
    narrowed: Scope | None = None,
) -> Clue:  # fmt: skip
    """Keep what a figure says now, for the diagnosis' unit; it is read outside the transaction.

    ``narrowed``: the scope of the unit that the question names. Raise UnreadableQuestion or a CannotAnswer.
    """
    kept = read_saved(question, catalogue())
    answer = frozen(kept, why.diagnosis.unit, narrowed)
    return _keep(why, ClueKind.FIGURE, words, by, at, question=kept, answer=answer)


def add_quote(*, why: Why, words: str, said_by: str, by: Person, at: datetime) -> Clue:
    """Keep what a customer said."""
    return _keep(why, ClueKind.QUOTE, words, by, at, said_by=said_by.strip()[:120])


def add_test(*, why: Why, experiment: Experiment, words: str, by: Person, at: datetime) -> Clue:
    """Point to an experiment."""
    return _keep(why, ClueKind.TEST, words, by, at, experiment=experiment)


def add_thing(
    *, why: Why, words: str, by: Person, at: datetime, ref: Ref | None = None, url: str = ""
) -> Clue:
    """Point to something in the system, or to a page elsewhere."""
    if ref is None and not url:
        raise DiagnosisUnclear(_("Give the address of the page that shows it."))
    return _keep(why, ClueKind.THING, words, by, at, ref=str(ref or ""), url=url)


@transaction.atomic
def remove_clue(*, clue: Clue, by: Person, at: datetime) -> None:
    """Take evidence out; the last one only while nothing was judged on it."""
    row, why = held_with(clue.why)
    if why.verdict != WhyVerdict.OPEN and why.clues.count() == 1:
        raise DiagnosisUnclear(_("This why was judged on it: set the judgement back first."))
    fields = {"title": row.title, "kind": clue.kind, "words": clue.words}
    record(events.CLUE_REMOVED, row, by=by, at=at, fields=fields)
    why.clues.filter(pk=clue.pk).delete()


@transaction.atomic
def _keep(why: Why, kind: ClueKind, words: str, by: Person, at: datetime, **values: Any) -> Clue:
    row, why = held_with(why)
    words = words.strip()[:1000]
    if not words:
        raise DiagnosisUnclear(_("Say in a sentence what it shows."))
    for clue in why.clues.filter(kind=kind, words=words, by=by):
        if all(getattr(clue, name) == value for name, value in values.items()):
            return clue  # a second click
    if why.clues.count() >= CLUES_MOST:
        raise DiagnosisUnclear(_("A why has at most %d pieces of evidence.") % CLUES_MOST)
    clue = Clue.objects.create(why=why, kind=kind, words=words, by=by, at=at, **values)
    fields = {"title": row.title, "kind": kind, "words": clue.words}
    record(events.CLUE_ADDED, row, by=by, at=at, fields=fields)
    return clue


def _require_asked_again(row: Diagnosis, parent: Why) -> None:
    above = Why.objects.filter(pk=parent.pk, diagnosis=row).first()
    if above is None:
        raise DiagnosisUnclear(_("That why belongs to another diagnosis."))
    if above.verdict in (WhyVerdict.ROOT, WhyVerdict.RULED_OUT):
        raise DiagnosisUnclear(_("One asks on where a why holds; this one is a root cause or ruled out."))
    depth, step = 1, above
    while step.parent is not None:
        depth, step = depth + 1, step.parent
    if depth >= DEPTH_MOST:
        raise DiagnosisUnclear(_("A tree is at most %d whys deep.") % DEPTH_MOST)


def _said(row: Diagnosis, why: Why) -> dict[str, str]:
    return {"title": row.title, "statement": why.statement}
