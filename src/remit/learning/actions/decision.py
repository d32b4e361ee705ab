"""Decide by the rule that was written beforehand, roll out, and look later whether it held."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..enums import Advice, ExperimentStage
from ..models import Decision, Experiment, ExperimentVariant, Reading, RollOut
from ..queries.scoring import Scored, score_of
from ..rules import can_overrule


class DecisionUnclear(ValueError):
    """What was given says too little; the message says what is missing."""


class NotThere(ValueError):
    """The experiment is at another point."""


@transaction.atomic
def decide(
    *, experiment: Experiment, choice: str, by: Person, at: datetime, variant: str = "", reason: str = ""
) -> Decision:
    """Ship, stop or extend. Otherwise than the rule says only whoever leads, and with a reason (H5.1.2)."""
    row = _held(experiment, ExperimentStage.RUNNING, ExperimentStage.READ)
    reading = row.readings.filter(is_look=True).order_by("-through_on").first()
    advice = Advice(reading.advice) if reading else Advice.WAIT
    chosen, reason = Advice(choice), reason.strip()[:1000]
    if chosen == Advice.WAIT:
        raise DecisionUnclear(_("Waiting needs no decision."))
    if chosen == Advice.EXTEND and (not row.extra_days or row.extended_at):
        raise DecisionUnclear(_("No extension was planned before the start, or it is used up."))
    shipped = _shipped(row, chosen, variant, reading)
    if chosen != advice or (shipped and reading and shipped.pk != reading.variant_id):
        if not (may := can_overrule(by, row)):
            raise DecisionUnclear(may.reason)
        if not reason:
            raise DecisionUnclear(_("The rule says otherwise: give the reason."))
    made = Decision.objects.create(
        experiment=row, reading=reading, choice=chosen, advice=advice, variant=shipped, reason=reason, by=by,
        at=at,
    )  # fmt: skip
    if chosen == Advice.EXTEND:
        row.extended_at, row.stage = at, ExperimentStage.RUNNING
    else:
        row.stage = ExperimentStage.DECIDED
    row.save(update_fields=["stage", "extended_at"])
    fields = {
        "key": row.key, "choice": chosen, "advice": advice, "variant": shipped.code if shipped else "",
        "reason": reason,
    }  # fmt: skip
    record(events.EXPERIMENT_DECIDED, row, by=by, at=at, fields=fields)
    return made


@transaction.atomic
def roll_out(
    *, experiment: Experiment, where: str, rolled_on: date, check_on: date, by: Person, at: datetime
) -> RollOut:
    """Record where the winner is used from a day on, and when it is looked at again."""
    row = _held(experiment, ExperimentStage.DECIDED)
    decision = row.decisions.filter(choice=Advice.SHIP).select_related("variant", "reading").first()
    if decision is None or decision.variant is None:
        raise DecisionUnclear(_("It was stopped: there is nothing to roll out."))
    if not where.strip() or check_on <= rolled_on:
        raise DecisionUnclear(_("Say where it is used, and look at it again on a later day."))
    made = RollOut.objects.create(
        experiment=row, variant=decision.variant, where=where.strip()[:300], rolled_on=rolled_on,
        check_on=check_on, by=by, at=at, **_promised(decision),
    )  # fmt: skip
    row.stage = ExperimentStage.ROLLED_OUT
    row.save(update_fields=["stage"])
    fields = {"key": row.key, "variant": decision.variant.title, "where": made.where, "check_on": check_on}
    record(events.EXPERIMENT_ROLLED_OUT, row, by=by, at=at, fields=fields)
    return made


def score_due(*, at: datetime) -> int:
    """Look again at what was rolled out and whose day has come; return how many were scored."""
    day, done = company_day(at), 0
    due = RollOut.objects.filter(
        scored_at=None, check_on__lte=day, experiment__stage=ExperimentStage.ROLLED_OUT
    )
    for row in due.select_related("experiment").order_by("pk"):
        found = score_of(row)
        if found is not None:
            _keep_score(row, found, at)
            done += 1
    return done


@transaction.atomic
def _keep_score(row: RollOut, found: Scored, at: datetime) -> None:
    experiment = _held(row.experiment, ExperimentStage.ROLLED_OUT)
    row.outcome, row.before, row.after, row.found = found.outcome, found.before, found.after, found.share
    row.scored_at = at
    row.save(update_fields=["outcome", "before", "after", "found", "scored_at"])
    experiment.stage = ExperimentStage.SCORED
    experiment.save(update_fields=["stage"])
    fields = {"key": experiment.key, "outcome": found.outcome, "found": found.share}
    record(events.EXPERIMENT_SCORED, experiment, by=None, at=at, fields=fields)


def _held(experiment: Experiment, *stages: ExperimentStage) -> Experiment:
    row = Experiment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=experiment.pk)
    if row.stage not in stages:
        raise NotThere(_("This experiment is no longer at that point; look at it again."))
    return row


def _shipped(row: Experiment, choice: Advice, code: str, reading: Reading | None) -> ExperimentVariant | None:
    """What is shipped: what is named, else what the rule says."""
    if choice != Advice.SHIP:
        return None
    if not code and reading and reading.variant:
        return reading.variant
    found = row.variants.filter(code=code, place__gt=0).first()
    if found is None:
        raise DecisionUnclear(_("Say which variant is shipped."))
    return found


def _promised(decision: Decision) -> dict[str, Any]:
    """What the experiment found for the shipped variant in its primary figure."""
    rows = decision.reading.figures if decision.reading else []
    for one in rows:
        if one["role"] == "primary" and decision.variant and one["variant"] == decision.variant.code:
            return {
                "promised": one["share"],
                "promised_low": one["share_low"],
                "promised_high": one["share_high"],
            }
    return {}
