"""What can happen to duties."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

DUTY_ADDED = EventType("duties.duty.added", _("%(by)s added the duty %(code)s"), fields=("code",))
DUTY_CHANGED = EventType(
    "duties.duty.changed",
    _("%(by)s changed the duty %(code)s to version %(version)s: %(changes)s"),
    fields=("code", "version", "changes"),
)
DUTY_RETIRED = EventType("duties.duty.retired", _("%(by)s retired the duty %(code)s"), fields=("code",))
HANDBOOK_LOADED = EventType(
    "duties.handbook.loaded",
    _("%(by)s loaded a handbook: %(added)s duties added, %(changed)s changed"),
    fields=("added", "changed"),
)
HANDBOOK_SIMPLIFIED = EventType(
    "duties.handbook.simplified",
    _("An upgrade derived %(changed)s texts of the handbook in Simplified Chinese anew"),
    fields=("changed",),
)
PROPOSAL_MADE = EventType(
    "duties.proposal.made",
    _("A change of the duty %(code)s was proposed: %(reason)s"),
    fields=("code", "reason", "changes"),
)
PROPOSAL_DECIDED = EventType(
    "duties.proposal.decided",
    _("%(by)s decided the proposal for the duty %(code)s: %(state)s"),
    fields=("code", "state"),
)
CHARGED = EventType(
    "duties.charge.made",
    _("%(by)s gave the duty %(code)s to the unit %(unit)s from %(starts_on)s"),
    fields=("code", "unit", "starts_on"),
)
CHARGE_ENDED = EventType(
    "duties.charge.ended",
    _("%(by)s ended the duty %(code)s of the unit %(unit)s on %(ends_on)s"),
    fields=("code", "unit", "ends_on"),
)
RACI_CHANGED = EventType(
    "duties.raci.changed",
    _("%(by)s set %(position)s for %(code)s in %(unit)s: %(before)s → %(after)s"),
    fields=("code", "unit", "position", "before", "after"),
)
STARTED = EventType(
    "duties.occurrence.started",
    _("%(event)s started the duty %(code)s in %(unit)s, due %(due_on)s"),
    fields=("code", "unit", "due_on", "event", "cause"),
)
STARTED_BY_HAND = EventType(
    "duties.occurrence.started_by_hand",
    _("%(by)s started the duty %(code)s in %(unit)s, due %(due_on)s: %(what)s"),
    fields=("code", "unit", "due_on", "what"),
)
DELIVERED = EventType(
    "duties.occurrence.delivered",
    _("%(by)s delivered %(code)s (%(key)s) of %(unit)s"),
    fields=("code", "unit", "key", "submission"),
)
ACCEPTED = EventType(
    "duties.occurrence.accepted",
    _("%(by)s accepted %(code)s (%(key)s) of %(unit)s"),
    fields=("code", "unit", "key", "submission"),
)
RETURNED = EventType(
    "duties.occurrence.returned",
    _("%(by)s returned %(code)s (%(key)s) of %(unit)s: %(reason)s"),
    fields=("code", "unit", "key", "submission", "reason"),
)
WAIVED = EventType(
    "duties.occurrence.waived",
    _("%(by)s waived %(code)s (%(key)s) of %(unit)s: %(reason)s"),
    fields=("code", "unit", "key", "reason"),
)
ESCALATED = EventType(
    "duties.occurrence.escalated",
    _("%(code)s (%(key)s) of %(unit)s is overdue and went up to level %(level)s"),
    fields=("code", "unit", "key", "level", "person"),
)
EVIDENCE_GIVEN = EventType(
    "duties.evidence.given",
    _("%(by)s gave evidence (%(kind)s) for %(code)s (%(key)s)"),
    fields=("code", "key", "kind", "evidence"),
)
EVIDENCE_WITHDRAWN = EventType(
    "duties.evidence.withdrawn",
    _("%(by)s withdrew evidence for %(code)s (%(key)s)"),
    fields=("code", "key", "evidence"),
)
HANDOVER_MOVED = EventType(
    "duties.handover.moved",
    _("%(by)s: handover “%(what)s” to %(to)s is %(state)s"),
    fields=("what", "to", "state", "note"),
)
READING_TAKEN = EventType(
    "duties.reading.taken",
    _("The measure of %(code)s in %(unit)s was read: %(value)s"),
    fields=("code", "unit", "first", "last", "value", "target", "source"),
)
FEED_ENDED = EventType("duties.feed.ended", _("%(by)s switched the calendar address off"))
FEED_MADE = EventType("duties.feed.made", _("%(by)s made a new calendar address"))
