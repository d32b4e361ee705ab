"""Requests to other departments: who heads the asked one, what is signed, what was answered."""

from datetime import date

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from remit.audit.chain import plain
from remit.core.ref import Ref
from remit.governance.enums import Decision, RequestState
from remit.governance.kinds import Answer, Subject
from remit.governance.models import Request
from remit.org.deciding import Organisation
from remit.org.models import Assignment, Person, Position
from remit.org.queries.assignments import holding_on
from remit.org.queries.organisation import heads_of, organisation_on
from remit.org.queries.today import today
from remit.planning.models import Plan

from ..enums import CooperationState, Feasibility
from ..models import Cooperation, FeasibilityAnswer

KIND, SUBJECT, ROLE = "cooperation", "cooperation", "asked_lead"
SIGNED = ("title", "what", "purpose", "needed_on", "effort_days", "money", "currency")
ANSWERED = ("feasibility", "conditions", "from_on", "reason", "due_on", "note")


def heads_asked(row: Cooperation, organisation: Organisation, on: date) -> tuple[int, ...]:
    """Ids of who answers for the asked department on a day: holders of its position, or heads of the unit."""
    if row.asked_position_id is None:
        return heads_of(row.asked_unit, organisation, on)
    posts = organisation.holders(row.asked_position_id, row.asked_unit_id, on)
    return tuple(sorted({post.person for post in posts}))


def read_cooperation(ref: Ref) -> Subject:
    """A request to another department as the policy sees it."""
    row = Cooperation.objects.select_related("unit", "asked_unit", "asked_position", "plan").get(pk=ref.id)
    heads = heads_asked(row, organisation_on(today()), today())
    own = row.asked_unit_id == row.unit_id and row.asked_position_id is None
    files = row.files.order_by("pk").values_list("file__name", "file__sha256")
    return Subject(
        title=row.title,
        unit=row.unit_id,
        facts={
            "needed_on": row.needed_on,
            "department": row.asked_unit.code,
            "position": row.asked_position.code if row.asked_position else "",
            "effort_days": row.effort_days or 0,
            "money": row.money,
            "currency": row.currency,
            "has_purpose": bool(row.purpose.strip()),
            "has_plan": row.plan_id is not None,
            "own_department": own or row.asker_id in heads,
        },
        content={
            **{name: plain(getattr(row, name)) for name in SIGNED},
            "unit": row.unit.code,
            "asker": row.asker_id,
            "plan": row.plan.title if row.plan else "",
            "asked_unit": row.asked_unit.code,
            "asked_position": row.asked_position.code if row.asked_position else "",
            "files": [f"{name} ({sha256[:12]})" for name, sha256 in files],
        },
        roles={ROLE: heads},
    )


def read_answer(ref: Ref) -> Answer | None:
    """What the asked department says, as it is signed."""
    row = FeasibilityAnswer.objects.filter(cooperation=ref.id).first()
    if row is None:
        return None
    no = row.feasibility == Feasibility.NOT_FEASIBLE
    said = {name: plain(getattr(row, name)) for name in ANSWERED}
    return Answer({**said, "doer": row.doer_id}, Decision.REFUSE if no else Decision.APPROVE)


def with_request(rows: QuerySet[Cooperation]) -> QuerySet[Cooperation]:
    """With all that a list says of them; ``asking``: the state of the newest request, else of a draft."""
    subject = Concat(Value(f"{SUBJECT}:"), Cast(OuterRef("pk"), CharField()))
    newest = Request.objects.filter(kind=KIND, subject=subject).order_by("-pk").values("state")[:1]
    named = rows.select_related(
        "unit", "asked_unit", "asked_position", "asker", "plan", "answer__doer", "signature__signer"
    )
    return named.annotate(asking=Coalesce(Subquery(newest), Value(RequestState.DRAFT.value)))


def doers_for(row: Cooperation, on: date) -> QuerySet[Person]:
    """Who can be named to do it: whoever works in the asked unit or below on a day, and who heads it."""
    heads = heads_asked(row, organisation_on(on), on)
    there = Assignment.objects.filter(holding_on(on), unit__path__startswith=row.asked_unit.path)
    people = Q(pk__in=there.values("person")) | Q(pk__in=heads)
    return Person.objects.filter(people, is_active=True).order_by("name")


def departments() -> QuerySet[Position]:
    """Positions that can be asked instead of the head of a unit; what they are called is no secret."""
    return Position.objects.order_by("code")


def promises_of(plan: Plan, rows: QuerySet[Cooperation]) -> list[Cooperation]:
    """Those of ``rows`` that belong to a campaign, what is needed first at the top."""
    return list(with_request(rows.filter(plan=plan)).order_by("needed_on", "pk"))


def to_do(person: Person, until: date) -> QuerySet[Cooperation]:
    """What the person promised and is due by a day, or late; the most urgent first, as a line says it."""
    rows = Cooperation.objects.filter(
        state=CooperationState.PROMISED, answer__doer=person, answer__due_on__lte=until
    )
    said = rows.select_related("unit", "asker", "answer")
    return said.only(
        "title", "unit__name", "unit__name_en", "asker__name", "asker__name_en", "answer__due_on"
    ).order_by("answer__due_on", "pk")


def to_see_to(person: Person, on: date) -> QuerySet[Cooperation]:
    """What waits for the person who asked: answers to accept, what is done to confirm, what is late.

    As a line says it.
    """
    waiting = Q(state__in=[CooperationState.ANSWERED, CooperationState.DONE])
    late = Q(state=CooperationState.PROMISED, answer__due_on__lt=on)
    said = Cooperation.objects.filter(waiting | late, asker=person).select_related(
        "asked_unit", "answer__doer"
    )
    return said.only(
        "title", "state", "needed_on", "asked_unit__name", "asked_unit__name_en", "answer__due_on",
        "answer__doer__name", "answer__doer__name_en",
    ).order_by("needed_on", "pk")  # fmt: skip


def late_promises(on: date) -> QuerySet[Cooperation]:
    """What was promised for a day before this one and is not done, the longest late first."""
    rows = Cooperation.objects.filter(state=CooperationState.PROMISED, answer__due_on__lt=on)
    return rows.select_related("asked_unit", "asked_position", "asker", "answer__doer").order_by(
        "answer__due_on", "pk"
    )


def is_late(row: Cooperation, on: date) -> bool:
    """Whether what was promised is not done though its day is past."""
    promised = row.state == CooperationState.PROMISED
    return promised and row.answer.due_on is not None and row.answer.due_on < on
