"""What the demonstration asks of other departments: one waits for its answer, one is answered and signed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from remit.execution.actions.cooperation import add_cooperation, ask_department
from remit.execution.actions.feasibility import sign_answer, write_answer
from remit.governance.actions.request import submit
from remit.governance.queries.rounds import digest_to_sign
from remit.org.models import Person, Position
from remit.org.queries.today import company_day
from remit.planning.models import Plan

from .. import cooperation as wanted


@transaction.atomic
def ask_departments(*, plans: Mapping[str, Plan], people: Mapping[str, Person], at: datetime) -> int:
    """Return how many were asked."""
    today = company_day(at)
    for one in wanted.COOPERATIONS:
        plan, by = plans[one.plan], people[one.asker]
        row = add_cooperation(
            unit=plan.unit, plan=plan, title=one.title, what=one.what, purpose=one.purpose,
            asked_unit=plan.unit, asked_position=Position.objects.get(code=one.asked),
            needed_on=today + timedelta(days=one.needed_day), effort_days=Decimal(one.effort_days),
            money=Decimal(one.money), by=by, at=at,
        )  # fmt: skip
        round_ = submit(request=ask_department(cooperation=row, by=by, at=at), by=by, at=at)
        if one.answer is not None:
            login, kind, words = one.answer
            due_on = today + timedelta(days=one.due_day)
            said = {"doer": people[login], "due_on": due_on, **words}
            write_answer(cooperation=row, feasibility=kind, by=people[login], at=at, **said)
            sign_answer(cooperation=row, shown=digest_to_sign(round_), by=people[login], at=at)
    return len(wanted.COOPERATIONS)
