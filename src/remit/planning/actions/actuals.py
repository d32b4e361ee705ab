"""Take in actual spend as finance exports it: all of it, or nothing and every reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.org.models import Person

from ..actuals import Actual
from ..models import Budget, BudgetEntry
from .approval import NotApproved
from .ledger import EnteredBefore, EntryUnclear, Movement, OverBudget, invoice

SHOWN_MAX = 50


class ActualsRefused(ValueError):
    """Nothing was entered; ``sentences`` say why, row by row."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(sentences[0])
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Taken:
    """How many invoices were entered, and how many were there already; ``warnings`` of lines gone beyond."""

    entered: int
    known: int
    warnings: tuple[str, ...]


@transaction.atomic
def take_actuals(*, budget: Budget, rows: Iterable[Actual], by: Person, at: datetime) -> Taken:
    """Enter each row as an invoice of its line; by its reference a row is entered once. Raise ActualsRefused.

    An invoice draws on the order of the same reference, where the line has one.
    """
    lines = {line.code: line for line in budget.lines.select_related("budget__unit", "plan")}
    entered = known = 0
    faults: list[str] = []
    warnings: list[str] = []
    for row in rows:
        line = lines.get(row.line)
        if line is None:
            faults.append(
                _("Row %(row)s: the budget has no line “%(line)s”.") % {"row": row.row, "line": row.line}
            )
            continue
        of = BudgetEntry.objects.filter(
            line=line, stage="order", reference=row.reference, amount__gt=0
        ).first()
        movement = Movement(row.amount, row.on, row.currency, row.reference, row.note, of)
        try:
            warning = invoice(line=line, movement=movement, by=by, at=at).warning
        except EnteredBefore:
            known += 1
        except (OverBudget, EntryUnclear, NotApproved) as error:
            faults.append(_("Row %(row)s: %(why)s") % {"row": row.row, "why": error})
        else:
            entered += 1
            warnings += [warning] if warning else []
    if faults:
        more = [_("… and %s more.") % (len(faults) - SHOWN_MAX)] if len(faults) > SHOWN_MAX else []
        raise ActualsRefused(faults[:SHOWN_MAX] + more)
    return Taken(entered, known, tuple(dict.fromkeys(warnings)))
