"""Change what was approved: only as a deviation, and only with its last signature (H4.3.3)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.audit.chain import plain
from remit.core.ref import Ref
from remit.governance.actions.request import open_request, submit
from remit.governance.actions.signature import NoLongerPossible
from remit.governance.models import Request, Round
from remit.org.models import Person

from .. import events
from ..enums import DeviationState, Stage
from ..governed import DEVIATING
from ..models import Deviation, Plan
from ..queries.audiences import as_value, listed_of
from ..queries.budgets import used_by
from ..queries.plans import objectives_of, open_deviation
from ..spending import CENT
from .audience import Named, lay_list
from .dropping import AlreadyAsked
from .objectives import as_values, keep, require_whole
from .plan import PlanUnclear, held_plan, planned_beyond

READERS: dict[str, Any] = {"money": Decimal, "starts_on": date.fromisoformat, "ends_on": date.fromisoformat}


class NothingDeviates(ValueError):
    """What is asked for is what holds already."""


class ChangedBelow(NoLongerPossible):
    """The plan is no longer what the deviation changes, or has used what it would lose."""


@transaction.atomic
def ask_deviation(*, plan: Plan, reason: str, by: Person, at: datetime, **changes: Any) -> Round:
    """Ask for a change of DEVIATING fields, with a reason; its request is submitted at once.

    Raise NothingDeviates, AlreadyAsked, PlanUnclear, ObjectivesUnclear, AudienceUnclear, and what submitting
    raises: then nothing is kept.
    """
    plan = held_plan(plan)
    if plan.stage not in (Stage.APPROVED, Stage.RUNNING):
        raise PlanUnclear(_("Only what was approved and has not ended deviates."))
    if open_deviation(plan):
        raise AlreadyAsked(_("A deviation is being asked for already: let it be decided, or drop it."))
    if not reason.strip():
        raise PlanUnclear(_("A deviation needs a written reason."))
    if "objectives" in changes:
        require_whole(changes["objectives"], plan, by)
        changes["objectives"] = as_values(changes["objectives"])
    if "listed" in changes:
        changes["listed"] = _laid(plan, changes["listed"], by, at)
    asked = _differing(plan, changes)
    _require_dates(plan, changes)
    if lacking := _aimless(asked) or _used_beyond(plan, asked):
        raise PlanUnclear(lacking)
    row = Deviation.objects.create(
        plan=plan, changes=asked, reason=reason.strip()[:600], by=by, at=at
    )  # fmt: skip
    fields = {"code": plan.code, "changes": asked, "reason": row.reason}
    record(events.DEVIATION_REQUESTED, plan, by=by, at=at, fields=fields)
    request = open_request(kind="deviation", subject=Ref("deviation", row.pk), by=by, at=at)
    return submit(request=request, by=by, at=at)


def apply_deviation(*, request: Request, by: Person, at: datetime) -> None:
    """Called in the transaction of the last signature: only now anything changes."""
    row = Deviation.objects.select_for_update(of=("self",)).get(pk=request.ref.id)
    if row.state != DeviationState.ASKED:
        return
    plan = Plan.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=row.plan_id)
    if plan.stage not in (Stage.APPROVED, Stage.RUNNING):
        raise ChangedBelow(_("The campaign has ended: what was approved of it stays as it is."))
    for name, (was, _now) in row.changes.items():
        if _value(plan, name) != was:
            raise ChangedBelow(_("The plan is no longer what this deviation changes: ask anew."))
    if lacking := _aimless(row.changes) or _used_beyond(plan, row.changes):
        raise ChangedBelow(lacking)
    for name, (_was, now) in row.changes.items():
        if name == "objectives":
            keep(plan, now)
        elif name == "listed":
            plan.listed_id = now[0]
        else:
            setattr(plan, name, READERS.get(name, str)(now))
    plan.changed_at = at
    plan.save(update_fields=[*(set(row.changes) - {"objectives"}), "changed_at"])
    row.state, row.applied_at = DeviationState.APPLIED, at
    row.save(update_fields=["state", "applied_at"])
    if (campaign := plan.campaign) is not None:
        campaign.starts_on, campaign.ends_on = plan.starts_on, plan.ends_on
        campaign.published, campaign.changed_at = False, at
        campaign.save(update_fields=["starts_on", "ends_on", "published", "changed_at"])
    fields = {"code": plan.code, "changes": row.changes}
    record(events.DEVIATION_APPLIED, plan, by=by, at=at, fields=fields)


def end_deviation(*, request: Request, by: Person | None, at: datetime) -> None:
    """Called when its request was refused: it is not asked for any more."""
    Deviation.objects.filter(pk=request.ref.id, state=DeviationState.ASKED).update(
        state=DeviationState.DROPPED
    )


def _differing(plan: Plan, changes: Mapping[str, Any]) -> dict[str, list[Any]]:
    if unknown := sorted(set(changes) - set(DEVIATING)):
        raise TypeError(f"A deviation does not change {', '.join(unknown)}.")
    asked = {name: [_value(plan, name), _as_kept(name, value)] for name, value in changes.items()}
    differing = {name: pair for name, pair in asked.items() if pair[0] != pair[1]}
    if not differing:
        raise NothingDeviates(_("This is what holds already: change something, or leave it."))
    return differing


def _value(plan: Plan, name: str) -> Any:
    match name:
        case "objectives":
            return objectives_of(plan)
        case "listed":
            return listed_of(plan)
    return plain(getattr(plan, name))


def _laid(plan: Plan, named: Named, by: Person, at: datetime) -> list[Any]:
    """The list as it is signed; one of the same customers is the one that holds already."""
    row = lay_list(plan=plan, named=named, by=by, at=at)
    if plan.listed and plan.listed.digest == row.digest:
        row.delete()
        return as_value(plan.listed)
    return as_value(row)


def _as_kept(name: str, value: Any) -> Any:
    """As the plan will say it once it is kept: money to the cent, text without blanks around it."""
    if name == "money":
        return plain(value.quantize(CENT, ROUND_HALF_UP))
    return value.strip() if isinstance(value, str) else plain(value)


def _aimless(changes: Mapping[str, Any]) -> str:
    """Why the campaign cannot lose every goal, or all that is to be reached. Empty where it keeps some."""
    gone = {name for name, (was, now) in changes.items() if was and now in ([], "")}
    if "objectives" in gone:
        return _(
            "An approved campaign keeps at least one goal that it serves: "
            "what it reaches can be traced (H2.1.3)."
        )
    if "objective" in gone:
        return _("An approved campaign keeps what is to be reached: its result is held against it (H4.4.1).")
    return ""


def _used_beyond(plan: Plan, changes: Mapping[str, Any]) -> str:
    """Why the campaign cannot get so little money: more is ordered, spent or planned. Empty where it can."""
    if "money" not in changes:
        return ""
    used, money = used_by(plan), Decimal(changes["money"][1])
    if money >= used:
        return planned_beyond(plan, money) if money < plan.money else ""
    said = _(
        "%s of the campaign's money are ordered or spent already: it cannot get less than that (H4.2.2)."
    )
    return said % f"{used:,.2f} {plan.currency}"


def _require_dates(plan: Plan, changes: Mapping[str, Any]) -> None:
    if changes.get("ends_on", plan.ends_on) < changes.get("starts_on", plan.starts_on):
        raise PlanUnclear(_("The campaign ends before it starts."))
    if changes.get("money", plan.money) < 0:
        raise PlanUnclear(_("Money is nothing or more."))
