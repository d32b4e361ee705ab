"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

EXPERIMENT_ADDED = EventType(
    "learning.experiment.added",
    _("%(by)s prepared the experiment “%(title)s” (%(key)s)"),
    fields=("key", "title"),
)
EXPERIMENT_CHANGED = EventType(
    "learning.experiment.changed", _("%(by)s changed the experiment %(key)s"), fields=("key", "title")
)
EXPERIMENT_STARTED = EventType(
    "learning.experiment.started",
    _("%(by)s started the experiment “%(title)s” (%(key)s) for %(days)s days; from now on its rule stands"),
    fields=("key", "title", "days", "rule"),
)
EXPERIMENT_CANCELLED = EventType(
    "learning.experiment.cancelled", _("%(by)s cancelled the experiment %(key)s: %(reason)s"),
    fields=("key", "reason"),
)  # fmt: skip
EXPERIMENT_READ = EventType(
    "learning.experiment.read",
    _("The experiment %(key)s was read up to %(through_on)s; the rule says: %(advice)s"),
    fields=("key", "through_on", "advice", "because", "people"),
)
EXPERIMENT_DECIDED = EventType(
    "learning.experiment.decided",
    _("%(by)s decided the experiment %(key)s: %(choice)s (the rule said: %(advice)s)"),
    fields=("key", "choice", "advice", "variant", "reason"),
)
EXPERIMENT_ROLLED_OUT = EventType(
    "learning.experiment.rolled_out",
    _("%(by)s rolled out “%(variant)s” of the experiment %(key)s: %(where)s"),
    fields=("key", "variant", "where", "check_on"),
)
EXPERIMENT_SCORED = EventType(
    "learning.experiment.scored",
    _("What the experiment %(key)s promised was looked at again: %(outcome)s"),
    fields=("key", "outcome", "found"),
)
PEOPLE_ENROLLED = EventType(
    "learning.people.enrolled",
    _("%(count)s people were enrolled in the experiment %(key)s from the file %(file)s"),
    fields=("key", "count", "file"),
)
LAYER_ADDED = EventType(
    "learning.layer.added",
    _("%(by)s added the layer of experiments “%(title)s”"),
    fields=("title", "holdout"),
)
