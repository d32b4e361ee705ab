"""Set the demonstration's diagnoses up: one concluded and looked at again, one that is being looked into."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from remit.lake.queries import the_lake
from remit.learning.actions.diagnosis import add_diagnosis, conclude_diagnosis
from remit.learning.actions.remedy import add_remedy, finish_remedy, read_remedies
from remit.learning.actions.why import add_figure, add_quote, add_thing, ask_why, judge_why
from remit.learning.models import Diagnosis, Why
from remit.metrics.engine.errors import CannotAnswer
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day

from .. import cast
from .. import diagnoses as wanted

GIVE: dict[str, Callable[..., object]] = {"figure": add_figure, "quote": add_quote, "thing": add_thing}


def set_up_diagnoses(*, at: datetime) -> int:
    """Return how many were added; none where somebody keeps diagnoses already, or without sales and events.

    Each piece is a transaction of its own: figures are read outside of them.
    """
    last = the_lake().snapshot("redemptions").last_day
    if Diagnosis.objects.exists() or last is None or last < wanted.COUPON_REMEDY["check_on"]:
        return 0
    unit = Unit.objects.get(code=wanted.UNIT)
    analyst = Person.objects.get(email=f"analyst@{cast.DOMAIN}")
    digital = Person.objects.get(email=f"digital@{cast.DOMAIN}")
    _concluded(unit, analyst, digital, at)
    shop = add_diagnosis(
        unit=unit, owner=digital, by=digital, at=at, noticed_on=company_day(at), **wanted.SHOP
    )
    _ask(shop, None, wanted.SHOP_WHYS, digital, at)
    return 2


def _concluded(unit: Unit, analyst: Person, digital: Person, at: datetime) -> None:
    """Of 2017, when its figures are of; the effect is read now, as the clock would have on its day."""
    own: dict[str, Any] = {"by": analyst, "at": wanted.BEGAN}
    row = add_diagnosis(unit=unit, owner=analyst, **own, **wanted.COUPONS)
    _ask(row, None, wanted.COUPON_WHYS, analyst, wanted.BEGAN)
    root = row.whys.get(statement=wanted.COUPON_ROOT)
    done = add_remedy(why=root, owner=digital, **own, **wanted.COUPON_REMEDY)
    on = company_day(at)
    add_remedy(
        why=root, owner=analyst, due_on=on + timedelta(days=14), check_on=on + timedelta(days=60), **own,
        **wanted.COUPON_LATER,
    )  # fmt: skip
    conclude_diagnosis(diagnosis=row, conclusion=wanted.COUPON_CONCLUSION, by=analyst, at=wanted.ENDED)
    finish_remedy(remedy=done, done_on=company_day(wanted.DONE_AT), by=digital, at=wanted.DONE_AT)
    read_remedies(at=at)


def _ask(
    diagnosis: Diagnosis, parent: Why | None, asked: Iterable[wanted.Asked], by: Person, at: datetime
) -> None:
    """Ask each, give its evidence, judge it, then ask those below it."""
    for one in asked:
        why = ask_why(diagnosis=diagnosis, parent=parent, statement=one.statement, by=by, at=at)
        for kind, values in one.clues:
            try:
                GIVE[kind](why=why, by=by, at=at, **values)
            except CannotAnswer:
                continue  # without the clickstream's events there is no funnel to show
        if why.clues.exists():
            judge_why(why=why, verdict=one.verdict, reason=one.reason, by=by, at=at)
        _ask(diagnosis, why, one.below, by, at)
