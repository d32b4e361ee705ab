"""A department promised something to another and is late: who waits and who owes are told."""

from datetime import datetime

from django.utils.translation import gettext_noop

from remit.notices.actions import notify
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day

from ..queries.cooperation import heads_asked, late_promises


def tell_of_late_promises(*, at: datetime) -> int:
    """Tell who does it, who heads their department and who asked, once a promised day; return how many.

    A promise with another day, signed anew, is told of anew when that day is past too.
    """
    on = company_day(at)
    organisation, told = organisation_on(on), 0
    for row in late_promises(on):
        concerned = {row.answer.doer_id or 0, row.asker_id, *heads_asked(row, organisation, on)}
        due_on = str(row.answer.due_on)
        made = notify(
            people=Person.objects.filter(pk__in=concerned, is_active=True), subject=row,
            key=f"cooperation-late:{row.pk}:{due_on}", at=at,
            text=gettext_noop("%(subject)s was promised for %(day)s by %(doer)s and is not done."),
            fields={"day": due_on, "doer": row.answer.doer},
        )  # fmt: skip
        told += len(made)
    return told
