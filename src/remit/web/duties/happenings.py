"""What happens, in words: events that begin duties, and those by which the system sees evidence."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remit.duties.queries.events import seeing, starting, to_come

EVENTS = {
    "brand.mention.spiked": gettext_lazy("The brand is suddenly much talked about"),
    "channels.outlet.loaded": gettext_lazy("Outlets were loaded"),
    "customers.complaint.received": gettext_lazy("A complaint has come in"),
    "customers.customer.loaded": gettext_lazy("Customers were loaded"),
    "duties.duty.changed": gettext_lazy("A duty was changed"),
    "duties.occurrence.escalated": gettext_lazy("Something overdue went up"),
    "governance.content.found": gettext_lazy("Screening found something in live content"),
    "governance.meeting.closed": gettext_lazy("A meeting was closed"),
    "lake.import.failed": gettext_lazy("An import failed"),
    "lake.import.loaded": gettext_lazy("An import was loaded"),
    "lake.import.undone": gettext_lazy("An import was undone"),
    "learning.diagnosis.concluded": gettext_lazy("A diagnosis was concluded"),
    "learning.pilot.started": gettext_lazy("A pilot was started"),
    "learning.finding.recorded": gettext_lazy("Somebody recorded what they learnt"),
    "market.watch.changed": gettext_lazy("A competitor was seen to change something"),
    "metrics.alert.fired": gettext_lazy("An alert fired"),
    "metrics.alert.set": gettext_lazy("An alert was set"),
    "metrics.board.changed": gettext_lazy("A board was changed"),
    "metrics.board.looked_at": gettext_lazy("A board was looked at"),
    "metrics.metric.defined": gettext_lazy("A metric was defined"),
    "metrics.question.saved": gettext_lazy("A question was saved"),
    "metrics.target.set": gettext_lazy("A target was set"),
    "offers.promotion.ended": gettext_lazy("A promotion ended"),
    "org.assignment.ended": gettext_lazy("An assignment ended"),
    "org.assignment.made": gettext_lazy("Somebody was given a position"),
    "org.person.added": gettext_lazy("Somebody joined"),
    "org.person.left": gettext_lazy("Somebody left"),
    "org.position.changed": gettext_lazy("A position was changed"),
    "org.unit.added": gettext_lazy("A unit was added"),
    "org.unit.changed": gettext_lazy("A unit was changed"),
    "org.unit.moved": gettext_lazy("A unit was moved"),
    "planning.budget.added": gettext_lazy("A budget was added"),
    "planning.campaign.approved": gettext_lazy("A campaign was approved"),
    "planning.campaign.closed": gettext_lazy("A campaign was closed"),
    "planning.campaign.loaded": gettext_lazy("Campaigns were loaded"),
    "planning.campaign.submitted": gettext_lazy("A campaign was submitted"),
    "planning.deviation.requested": gettext_lazy("A deviation was asked for"),
    "planning.release.requested": gettext_lazy("A release of reserve was asked for"),
    "planning.retrospective.written": gettext_lazy("A retrospective was written"),
}


def said(events: Iterable[str]) -> list[str]:
    """Each as a person reads it."""
    return [str(EVENTS.get(event, event)) for event in events]


def starting_choices() -> list[tuple[str, str]]:
    """What may begin a duty, by its words; last what nothing records yet."""
    later = [(event, _("%s (nothing records it yet)") % EVENTS[event]) for event in to_come()]
    return [*_by_words(starting()), *sorted(later, key=lambda choice: choice[1])]


def seeing_choices() -> list[tuple[str, str]]:
    """By what evidence may be seen."""
    return _by_words(seeing())


def _by_words(events: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((event, str(EVENTS.get(event, event))) for event in events), key=lambda choice: choice[1])
