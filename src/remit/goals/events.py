"""What can happen here.

The names begin with ``planning``, the room that was cut: what is recorded keeps its name for good.
"""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

STRATEGY_ADDED = EventType(
    "planning.strategy.added",
    _("%(by)s wrote the strategy “%(title)s” of %(unit)s"),
    fields=("title", "unit"),
)
STRATEGY_CHANGED = EventType(
    "planning.strategy.changed",
    _("%(by)s changed the strategy “%(title)s”: %(changes)s"),
    fields=("title", "changes"),
)
SOURCE_CITED = EventType(
    "planning.strategy.source_cited",
    _("%(by)s rested the strategy “%(title)s” on “%(source)s”, good until %(until)s"),
    fields=("title", "source", "until"),
)
SOURCE_REMOVED = EventType(
    "planning.strategy.source_removed",
    _("%(by)s took “%(source)s” from the strategy “%(title)s”"),
    fields=("title", "source"),
)
GOAL_ADDED = EventType(
    "planning.goal.added", _("%(by)s drafted the goal “%(title)s” of %(unit)s"), fields=("title", "unit")
)
GOAL_CHANGED = EventType(
    "planning.goal.changed",
    _("%(by)s changed the goal “%(title)s”: %(changes)s"),
    fields=("title", "changes"),
)
GOAL_ACTIVATED = EventType(
    "planning.goal.activated",
    _("%(by)s put the goal “%(title)s” in force: from %(baseline)s to %(target)s by %(until)s"),
    fields=("title", "baseline", "target", "until"),
)
GOAL_SPLIT = EventType(
    "planning.goal.split",
    _("%(by)s split the goal “%(title)s” into %(count)s parts (%(method)s): %(parts)s"),
    fields=("title", "count", "method", "parts"),
)
SPLIT_UNDONE = EventType(
    "planning.goal.split_undone", _("%(by)s undid the split of the goal “%(title)s”"), fields=("title",)
)
GOAL_ENDED = EventType("planning.goal.ended", _("%(by)s ended the goal “%(title)s”"), fields=("title",))
GOAL_DROPPED = EventType(
    "planning.goal.dropped", _("%(by)s dropped the goal “%(title)s”: %(reason)s"), fields=("title", "reason")
)
GOAL_REMOVED = EventType(
    "planning.goal.removed", _("%(by)s removed the draft “%(title)s”"), fields=("title",)
)
READING_ENTERED = EventType(
    "planning.goal.reading_entered",
    _("%(by)s entered %(value)s for the goal “%(title)s” on %(on)s (%(source)s)"),
    fields=("title", "value", "on", "source"),
)
