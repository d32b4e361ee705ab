"""What can happen to definitions, targets, alerts and boards."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

METRIC_DEFINED = EventType(
    "metrics.metric.defined",
    _("%(by)s defined the metric %(code)s, version %(version)s"),
    fields=("code", "version", "spec"),
)
METRIC_RETIRED = EventType(
    "metrics.metric.retired", _("%(by)s retired the metric %(code)s"), fields=("code", "version")
)
TARGET_SET = EventType(
    "metrics.target.set",
    _("%(by)s set the target of %(metric)s for %(unit)s from %(first)s to %(last)s: %(value)s %(currency)s"),
    fields=("metric", "unit", "first", "last", "value", "currency", "before"),
)
TARGET_REMOVED = EventType(
    "metrics.target.removed",
    _("%(by)s removed the target of %(metric)s for %(unit)s from %(first)s to %(last)s"),
    fields=("metric", "unit", "first", "last", "value"),
)
ALERT_SET = EventType(
    "metrics.alert.set",
    _("%(by)s set an alert: %(title)s"),
    fields=("title", "metric", "unit", "breach", "limit", "severity", "owner"),
)
ALERT_RETIRED = EventType("metrics.alert.retired", _("%(by)s retired the alert %(title)s"), fields=("title",))
ALERT_FIRED = EventType(
    "metrics.alert.fired",
    _("The alert %(title)s fired: %(value)s (limit %(limit)s) %(part)s"),
    fields=("title", "part", "value", "limit", "first", "last", "severity"),
)
ALERT_CLEARED = EventType(
    "metrics.alert.cleared",
    _("The alert %(title)s is clear again %(part)s"),
    fields=("title", "part", "value"),
)
BOARD_MADE = EventType("metrics.board.made", _("%(by)s made the board %(title)s"), fields=("title", "origin"))
BOARD_CHANGED = EventType(
    "metrics.board.changed",
    _("%(by)s changed the board %(title)s"),
    fields=("title", "tiles", "is_shared", "shared_with"),
)
BOARD_REMOVED = EventType("metrics.board.removed", _("%(by)s removed the board %(title)s"), fields=("title",))
QUESTION_SAVED = EventType(
    "metrics.question.saved",
    _("%(by)s saved the question %(title)s"),
    fields=("title", "question", "is_shared", "shared_with"),
)
QUESTION_REMOVED = EventType(
    "metrics.question.removed", _("%(by)s removed the question %(title)s"), fields=("title",)
)
