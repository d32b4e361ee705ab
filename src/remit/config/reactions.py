"""Every reaction upward, on one page: when an event is recorded, these actions are called.

The worker calls ``action(event=<audit Event>, at=<now>)`` soon after the transaction that recorded the event,
and again until it succeeds; so an action named here is short and may run twice without harm.
What must hold at once is not a reaction: the upper room calls down, in the same transaction.
"""

REFRESH = "remit.metrics.tasks.refresh_soon"
UNITS = "remit.lake.actions.organisation.units_changed"
START = "remit.duties.actions.starting.start_duties"
REGENERATE = "remit.duties.tasks.regenerate_soon"
GAPS = "remit.duties.tasks.look_for_gaps_soon"
PUBLISH = "remit.planning.tasks.publish_soon"
LINKS = "remit.customers.tasks.publish_links_soon"
SPEND = "remit.planning.tasks.publish_spend_soon"
RISKS = "remit.execution.tasks.see_risks"
SCREEN = "remit.governance.tasks.screen_live_soon"
TELL = "remit.notices.actions.concerned.tell_concerned"
SEE = "remit.duties.actions.sighting.see_event"

REACTIONS: dict[str, tuple[str, ...]] = {
    "lake.import.loaded": (REFRESH, START, SEE),
    "lake.import.failed": (START, RISKS),
    "lake.import.undone": (REFRESH, START),
    "metrics.alert.fired": (START,),
    "metrics.alert.set": (SEE,),
    "metrics.board.changed": (SEE,),
    "metrics.metric.defined": (SEE,),
    "metrics.question.saved": (SEE,),
    "metrics.target.set": (START, SEE),
    "planning.campaign.loaded": (START, SEE),
    "planning.campaign.submitted": (START, SEE),
    "planning.campaign.approved": (PUBLISH, SEE),
    "planning.campaign.closed": (SEE,),
    "planning.deviation.requested": (START, RISKS),
    "planning.task.slipped": (RISKS,),
    "governance.request.returned": (RISKS,),
    "governance.request.refused": (RISKS,),
    "planning.deviation.applied": (PUBLISH,),
    "planning.retrospective.written": (SEE,),
    "governance.meeting.closed": (SEE,),
    "learning.diagnosis.concluded": (SEE,),
    "learning.pilot.started": (SEE,),
    "governance.own_words.published": (SCREEN,),
    "governance.content.found": (START,),
    "planning.budget.added": (SEE,),
    "planning.budget.moved": (SPEND,),
    "planning.release.requested": (SEE,),
    "channels.outlet.loaded": (START, SEE),
    "customers.customer.loaded": (START, SEE),
    "customers.identities.followed": (LINKS,),
    "org.person.added": (START,),
    "org.assignment.made": (TELL, START, GAPS),
    "org.assignment.ended": (TELL, START, GAPS),
    "org.person.changed": (TELL,),
    "org.mentoring.begun": (TELL,),
    "org.project.joined": (TELL,),
    "org.person.left": (TELL, START, GAPS, RISKS),
    "org.person.returned": (GAPS,),
    "org.absence.added": (TELL, GAPS),
    "org.absence.removed": (TELL, GAPS),
    "org.delegation.made": (TELL, GAPS),
    "org.delegation.ended": (TELL, GAPS),
    "org.secondment.made": (GAPS,),
    "org.secondment.ended": (GAPS,),
    "duties.raci.changed": (GAPS,),
    "org.position.changed": (TELL, START, GAPS),
    "org.calendar.entered": (REGENERATE,),
    "org.holidays.kept": (REGENERATE,),
    "org.unit.zone_set": (REGENERATE,),
    "org.unit.added": (UNITS, START),
    "org.unit.moved": (TELL, UNITS, START, GAPS),
    "org.unit.changed": (UNITS, START, GAPS),
    "duties.duty.changed": (START,),
    "duties.occurrence.escalated": (START,),
}
