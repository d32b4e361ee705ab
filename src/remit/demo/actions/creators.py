"""The demonstration's register of endorsers and creators, and in which campaigns they appear."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from remit.files.actions import store_file
from remit.org.models import Person
from remit.org.queries.today import company_day
from remit.planning.actions.creator import add_creator, keep_contract
from remit.planning.actions.engagement import engage
from remit.planning.models import Creator, Plan

from .. import creators as wanted


@transaction.atomic
def register_creators(*, plans: Mapping[str, Plan], people: Mapping[str, Person], at: datetime) -> int:
    """Return how many were put on the register."""
    for one in wanted.CREATORS:
        code, purpose, fee = one.plan
        plan, by = plans[code], people[one.owner]
        row = add_creator(
            unit=plan.unit, name=one.name, kind=one.kind, platform=one.platform, handle=one.handle, owner=by,
            note=one.note, by=by, at=at,
        )  # fmt: skip
        if one.days is not None:
            _file(row, one, by, at)
        engage(plan=plan, creator=row, purpose=purpose, fee=Decimal(fee), by=plan.owner, at=at)
    return len(wanted.CREATORS)


def _file(row: Creator, one: wanted.DemoCreator, by: Person, at: datetime) -> None:
    first, last = (company_day(at) + timedelta(days=day) for day in one.days or ())
    text = f"示範用的合約，不是真的。\n{one.name}\n{first} – {last}\n{one.exclusivity}\n"
    paper = store_file(
        content=[text.encode()], name=f"合約-{one.handle.strip('@')}.txt", owner=by, scope=row.unit, by=by,
        at=at, media_type="text/plain",
    )  # fmt: skip
    keep_contract(
        creator=row, file=paper, begins_on=first, ends_on=last, fee=Decimal(one.fee), basis=one.basis,
        exclusivity=one.exclusivity, by=by, at=at,
    )  # fmt: skip
