"""The line of a campaign in one row: proposed, approved, launched, ended, closed — and what is next."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from remit.core.ref import Ref
from remit.core.text import in_a_row
from remit.governance.enums import RequestState
from remit.governance.models import Request
from remit.governance.queries.inbox import open_steps
from remit.governance.queries.signers import signers_of
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.people import people_by_id
from remit.org.queries.today import today
from remit.planning.enums import Stage
from remit.planning.models import Plan
from remit.planning.rules import can_close, can_launch

from ..templatetags.figures import day, say


@dataclass(frozen=True, slots=True)
class Point:
    """One station. ``at``: when it was reached."""

    title: str
    is_done: bool
    at: datetime | date | None = None
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """``points`` in order; ``next``: who owes what now, with the rule that asks for it."""

    points: tuple[Point, ...]
    next: str
    who: str = ""
    url: str = ""
    rule: str = ""


def line_of(plan: Plan, approval: Request | None, person: Person) -> Line:
    """Where the campaign stands."""
    stage = Stage(plan.stage)
    is_approved = stage in (Stage.APPROVED, Stage.RUNNING, Stage.CLOSED)
    is_launched = plan.launched_at is not None
    has_ended = is_launched and today() > plan.ends_on
    reached = [True, approval is not None and approval.state != RequestState.DRAFT, is_approved, is_launched,
               has_ended, stage == Stage.CLOSED]  # fmt: skip
    titles = (
        pgettext("station", "Proposed"), pgettext("station", "Submitted"), pgettext("station", "Approved"),
        pgettext("station", "Launched"), pgettext("station", "Carried out"), pgettext("station", "Closed"),
    )  # fmt: skip
    submitted, signed = _submitted_and_signed(approval) if reached[1] else (None, None)
    times = (
        plan.made_at, submitted, signed if is_approved else None, plan.launched_at,
        plan.ends_on if has_ended else None, plan.ended_at if stage == Stage.CLOSED else None,
    )  # fmt: skip
    now = next((n for n, done in enumerate(reached) if not done), len(reached))
    points = tuple(
        Point(title, done, at, n == now and stage != Stage.CANCELLED)
        for n, (title, done, at) in enumerate(zip(titles, reached, times, strict=True))
    )
    return _next(plan, approval, person, points, has_ended=has_ended)


def _submitted_and_signed(approval: Request | None) -> tuple[datetime | None, datetime | None]:
    """When it was first submitted, and when the last signature of the round fell that was approved last."""
    rounds = (
        list(approval.rounds.order_by("number").values_list("at", "ended_at", "outcome")) if approval else []
    )
    ended = [end for _at, end, outcome in rounds if outcome == RequestState.APPROVED]
    return (rounds[0][0] if rounds else None, ended[-1] if ended else None)


def _next(
    plan: Plan, approval: Request | None, person: Person, points: tuple[Point, ...], *, has_ended: bool
) -> Line:
    owner = say(plan.owner)
    match Stage(plan.stage):
        case Stage.CANCELLED:
            return Line(points, _("Cancelled: %s") % plan.end_reason)
        case Stage.CLOSED:
            return Line(points, _("Closed, with its result and its lessons."))
        case Stage.RUNNING:
            if not has_ended:
                return Line(points, _running(plan), owner)
            verdict = can_close(plan.owner, plan)
            return Line(
                points, verdict.reason or _("Everything is there: close it."), owner, rule=verdict.clause
            )
        case Stage.APPROVED:
            if not plan.owner.is_active:
                left = _("Its owner has left: whoever leads the unit and signed nothing of it launches it.")
                return Line(points, left, rule="H5.1.1")
            verdict = can_launch(plan.owner, plan)
            return Line(points, verdict.reason or _("Approved: launch it."), owner, rule=verdict.clause)
    if approval is None or approval.state == RequestState.DRAFT:
        return Line(points, _("Complete the plan, then submit it for approval."), owner, rule="H5.1.1")
    url = reverse("approvals_request", args=[approval.pk])
    if approval.state == RequestState.SUBMITTED:
        return Line(points, _("To be signed."), _signers(plan), url, "H5.1.1")
    return Line(points, _again(approval.state), owner, url, "H5.1.1")


def _again(state: str) -> str:
    """Why a plan is submitted once more: nobody sent back what its author changed or took back."""
    match state:
        case RequestState.REVOKED:
            return _(
                "It was changed after it was submitted, so what was signed no longer holds: submit it again."
            )
        case RequestState.WITHDRAWN:
            return _("It was withdrawn: submit it again when it is ready.")
    return _("It came back: change it and submit it again.")


def _signers(plan: Plan) -> str:
    on = today()
    organisation = organisation_on(on)
    steps = open_steps().filter(round__request__subject=str(Ref("plan", plan.pk)))
    ids = {person for step in steps for person in signers_of(step, on, organisation).people}
    return in_a_row((say(person) for person in people_by_id(ids).values()), get_language())


def _running(plan: Plan) -> str:
    """A launch may be given ahead of the first day that was signed."""
    if today() < plan.starts_on:
        return _("Launched. Its first day is %s.") % day(plan.starts_on)
    return _("It runs. Watch its figures.")
