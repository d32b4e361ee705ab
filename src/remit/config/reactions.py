"""Every reaction upward, on one page: when an event is recorded, these actions are called.

The worker calls ``action(event=<audit Event>, at=<now>)`` soon after the transaction that recorded the event,
and again until it succeeds; so an action named here is short and may run twice without harm.
What must hold at once is not a reaction: the upper room calls down, in the same transaction.
"""

REACTIONS: dict[str, tuple[str, ...]] = {
    "lake.import.loaded": ("remit.metrics.tasks.refresh_soon",),
    "lake.import.undone": ("remit.metrics.tasks.refresh_soon",),
    "org.unit.added": ("remit.lake.actions.organisation.units_changed",),
    "org.unit.moved": ("remit.lake.actions.organisation.units_changed",),
    "org.unit.changed": ("remit.lake.actions.organisation.units_changed",),
}
