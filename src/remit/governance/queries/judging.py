"""Judge a request, or a round of the past, by clauses."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from remit.org.models import Unit
from remit.org.queries.today import company_day
from remit.org.queries.working_days import calendar_of

from ..clauses import Clause
from ..deciding import GreenUse, Judgement, judge
from ..kinds import Subject
from ..models import Paper, Request, Round
from .papers import owed_papers


def facts_of(subject: Subject, request: Request) -> dict[str, object]:
    """The subject's facts, with the structure and the code of its unit, and whether it cannot wait."""
    own = {"structure": request.unit.structure, "unit": request.unit.code, "green": request.asks_green}
    return {name: _value(value) for name, value in {**subject.facts, **own}.items()}


def judgement_of(
    request: Request, clauses: tuple[Clause, ...], facts: Mapping[str, object], on: date
) -> Judgement:
    """What the clauses ask of a request on a day."""
    given = Paper.objects.filter(request=request, given_at__isnull=False).values_list("code", flat=True)
    return judge(
        clauses, facts, on=on, calendar=calendar_of(request.unit, on), given=list(given),
        asks_green=request.asks_green, use=green_use(request.unit, on, but=request),
    )  # fmt: skip


def judgement_of_round(row: Round, clauses: tuple[Clause, ...]) -> Judgement:
    """What the clauses would have asked of a round on its day, with the papers that were there then."""
    unit, on = row.request.unit, row.at.date()
    given = Paper.objects.filter(request=row.request, given_at__lte=row.at).values_list("code", flat=True)
    return judge(
        clauses, row.facts, on=on, calendar=calendar_of(unit, on), given=list(given),
        asks_green=row.is_green, use=green_use(unit, on, but=row.request),
    )  # fmt: skip


def green_use(unit: Unit, on: date, *, but: Request) -> GreenUse:
    """How often a unit used the green channel in the month, quarter and year of a day, up to that day.

    Submitted counts, whatever came of it, once per request.
    """
    month = on.replace(day=1)
    begins = {"month": month, "quarter": _quarter(month), "year": on.replace(month=1, day=1)}
    rows = Round.objects.filter(
        is_green=True, request__unit=unit, at__date__gte=begins["year"], at__date__lte=on
    ).exclude(request=but)
    days: dict[int, date] = {}
    for request, at in rows.order_by("at").values_list("request", "at"):
        days.setdefault(request, company_day(at))
    used = {name: sum(day >= first for day in days.values()) for name, first in begins.items()}
    owing = owed_papers().filter(request__unit=unit, due_at__date__lt=on).exclude(request=but)
    return GreenUse(used, owing.count())


def _quarter(month: date) -> date:
    return month.replace(month=(month.month - 1) // 3 * 3 + 1)


def _value(value: object) -> object:
    """As conditions read it and as a round keeps it: amounts as numbers, days in ISO 8601."""
    match value:
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
        case tuple() | set() | frozenset():
            return sorted(map(str, value))
    return value
