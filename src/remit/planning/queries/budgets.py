"""Budgets and their lines as they are read."""

from decimal import Decimal

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Round

from ..enums import MoneyStage
from ..models import Budget, BudgetEntry, BudgetLine, Plan
from ..spending import Sums

OPEN_SHOWN = 50  # what is older than the newest fifty is drawn on by its reference, from actuals
SUMS = ("granted", "released", "forecast", "committed", "spent", "overrun")


def money_sum(field: str) -> Round:
    """The sum of amounts, to the cent: SQLite adds floating numbers, and what is nothing must be nothing."""
    return Round(Sum(field), precision=2)


def with_sums(budgets: QuerySet[Budget]) -> QuerySet[Budget]:
    """Each budget with the sums of its lines: ``all_granted``, ``all_released``, … ``all_overrun``."""
    nothing = Value(Decimal(0))
    return budgets.annotate(
        **{f"all_{name}": Coalesce(money_sum(f"lines__{name}"), nothing) for name in SUMS}
    )


def lines_of(budget: Budget) -> QuerySet[BudgetLine]:
    """Its lines, the largest first."""
    return budget.lines.select_related("owner", "plan", "budget").order_by("-granted", "code")


def used_by(plan: Plan) -> Decimal:
    """What is ordered and spent for a campaign, on all its lines; a line's refunds give it no more room."""
    rows = BudgetLine.objects.filter(plan=plan).values_list("released", "forecast", "committed", "spent")
    return sum((Sums(*row).used for row in rows), Decimal(0))


def open_entries(line: BudgetLine) -> list[BudgetEntry]:
    """The newest requests and orders of a line that something is still open of; with ``open``."""
    of_it = BudgetEntry.objects.filter(of=OuterRef("pk"), stage=OuterRef("stage")).order_by().values("of")
    drawn = Subquery(of_it.annotate(sum=money_sum("amount")).values("sum"))
    taken = line.entries.filter(amount__gt=0).exclude(stage=MoneyStage.INVOICE)
    left = Round(F("amount") + Coalesce(drawn, Value(Decimal(0))), precision=2)
    still = taken.annotate(open=left).filter(open__gt=0)
    return list(still.order_by("-on", "-pk")[:OPEN_SHOWN])
