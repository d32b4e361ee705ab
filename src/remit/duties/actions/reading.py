"""What a duty's measure showed."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.period import Period
from remit.core.scope import Scope
from remit.metrics.engine.errors import CannotAnswer
from remit.metrics.engine.question import Question
from remit.metrics.queries.figures import ask
from remit.metrics.queries.targets import target_above
from remit.org.actions.scope import system_scope
from remit.org.models import Person
from remit.org.queries.scopes import within
from remit.org.queries.today import company_day

from .. import events
from ..enums import ReadingSource
from ..models import Charge, Reading
from ..queries.stakes import charges_in_force


class ReadingEndsBeforeItStarts(ValueError):
    """The last day of the period lies before the first."""


class ReadingAhead(ValueError):
    """The period has not begun: there is nothing to read yet."""


@transaction.atomic
def take_reading(
    *, charge: Charge, first: date, last: date, value: Decimal, target: Decimal | None = None,
    source: str = ReadingSource.MANUAL, by: Person | None, at: datetime,
) -> Reading:  # fmt: skip
    """Keep what the measure of a charge showed over a period; again for that period corrects it.

    Raise ReadingEndsBeforeItStarts, ReadingAhead.
    """
    if last < first:
        raise ReadingEndsBeforeItStarts(_("The last day lies before the first."))
    if first > company_day(at):
        raise ReadingAhead(_("This period has not begun: there is nothing to read yet."))
    kept = {"value": value, "target": target, "source": source, "by": by, "at": at}
    reading, _fresh = Reading.objects.update_or_create(charge=charge, first=first, last=last, defaults=kept)
    fields = {
        "code": charge.duty.code, "unit": charge.unit.code, "first": first, "last": last, "value": value,
        "target": target, "source": source,
    }  # fmt: skip
    record(events.READING_TAKEN, charge, by=by, at=at, fields=fields)
    return reading


def read_measures(*, month: Period, at: datetime) -> int:
    """Read each metric that measures a charge in force, for its unit over a month; return how many.

    Without data there is no reading: unknown is not zero.
    """
    charges = charges_in_force(month.last).exclude(duty__current__measure_metric="")
    charges = charges.select_related("duty__current", "unit").order_by("pk")
    if not charges.exists():
        return 0
    scope = system_scope(reason="measures of duties", by=None, at=at)
    return sum(_read_measure(charge, month, scope, at) for charge in charges)


def _read_measure(charge: Charge, month: Period, scope: Scope, at: datetime) -> bool:
    version = charge.duty.current
    assert version is not None  # a duty without a version is never committed
    question = Question((version.measure_metric,), scope, period=month, within=within([charge.unit]))
    try:
        (answer,) = ask(question)
    except CannotAnswer:  # a metric that was retired since, or a table without data
        return False
    names = [column.name for column in answer.columns]
    rows = [dict(zip(names, row, strict=True)) for row in answer.rows]
    if (
        len(rows) != 1 or rows[0][version.measure_metric] is None
    ):  # amounts of two currencies are no one figure
        return False
    value = Decimal(str(rows[0][version.measure_metric])).quantize(Decimal("0.000001"))
    column = next(column for column in answer.columns if column.name == version.measure_metric)
    currency = column.currency or str(rows[0].get("currency") or "")
    target = target_above(version.measure_metric, charge.unit, month, currency)
    take_reading(
        charge=charge, first=month.first, last=month.last, value=value,
        target=target.value if target else None, source=ReadingSource.METRIC, by=None, at=at,
    )  # fmt: skip
    return True
