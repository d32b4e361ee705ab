"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

from .enums import Outcome, WaveAdvice, WhyVerdict

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
DIAGNOSIS_ADDED = EventType(
    "learning.diagnosis.added", _("%(by)s began the diagnosis “%(title)s”"), fields=("title",)
)
DIAGNOSIS_CHANGED = EventType(
    "learning.diagnosis.changed", _("%(by)s changed the diagnosis “%(title)s”"), fields=("title",)
)
DIAGNOSIS_CONCLUDED = EventType(
    "learning.diagnosis.concluded",
    _("%(by)s concluded the diagnosis “%(title)s”: %(conclusion)s"),
    fields=("title", "conclusion"),
)
DIAGNOSIS_DROPPED = EventType(
    "learning.diagnosis.dropped",
    _("%(by)s gave the diagnosis “%(title)s” up: %(conclusion)s"),
    fields=("title", "conclusion"),
)
WHY_ADDED = EventType(
    "learning.why.added", _("%(by)s added a why to “%(title)s”: %(statement)s"), fields=("title", "statement")
)
WHY_REMOVED = EventType(
    "learning.why.removed", _("%(by)s took a why out of “%(title)s”: %(statement)s"),
    fields=("title", "statement"),
)  # fmt: skip
WHY_JUDGED = EventType(
    "learning.why.judged",
    _("%(by)s judged a why of “%(title)s”: %(verdict)s"),
    fields=("title", "statement", "verdict", "reason"),
    words={"verdict": lambda code: str(WhyVerdict(code).label)},
)
CLUE_ADDED = EventType(
    "learning.clue.added", _("%(by)s added evidence to a why of “%(title)s”: %(words)s"),
    fields=("title", "kind", "words"),
)  # fmt: skip
CLUE_REMOVED = EventType(
    "learning.clue.removed", _("%(by)s took evidence out of “%(title)s”: %(words)s"),
    fields=("title", "kind", "words"),
)  # fmt: skip
REMEDY_ADDED = EventType(
    "learning.remedy.added",
    _("%(by)s set out what is done about a cause in “%(title)s”: %(remedy)s, until %(due_on)s"),
    fields=("title", "remedy", "due_on", "check_on", "metric", "expected", "owner_id"),
)
REMEDY_DONE = EventType(
    "learning.remedy.done",
    _("%(by)s did what was set out in “%(title)s”: %(remedy)s"),
    fields=("title", "remedy", "done_on"),
)
REMEDY_DROPPED = EventType(
    "learning.remedy.dropped",
    _("%(by)s dropped what was set out in “%(title)s”: %(remedy)s (%(reason)s)"),
    fields=("title", "remedy", "reason"),
)
REMEDY_READ = EventType(
    "learning.remedy.read",
    _("What was expected of “%(remedy)s” was looked at: %(outcome)s"),
    fields=("title", "remedy", "outcome", "found"),
    words={"outcome": lambda code: str(Outcome(code).label)},
)
PILOT_ADDED = EventType("learning.pilot.added", _("%(by)s prepared the pilot “%(title)s”"), fields=("title",))
PILOT_CHANGED = EventType(
    "learning.pilot.changed", _("%(by)s changed the pilot “%(title)s”"), fields=("title",)
)
PILOT_CHOSEN = EventType(
    "learning.pilot.chosen",
    _("%(by)s chose who tries wave %(wave)s of the pilot “%(title)s”: %(chosen)s"),
    fields=("title", "wave", "chosen", "controls"),
)
PILOT_STARTED = EventType(
    "learning.pilot.started",
    _("%(by)s started wave %(wave)s of the pilot “%(title)s” for %(weeks)s weeks; its rule stands"),
    fields=("title", "wave", "weeks", "rule"),
)
PILOT_READ = EventType(
    "learning.pilot.read",
    _("Wave %(wave)s of the pilot “%(title)s” was read up to %(through_on)s; the rule says: %(advice)s"),
    fields=("title", "wave", "through_on", "advice", "because"),
    words={"advice": lambda code: str(WaveAdvice(code).label)},
)
PILOT_DECIDED = EventType(
    "learning.pilot.decided",
    _("%(by)s decided wave %(wave)s of the pilot “%(title)s”: %(choice)s (the rule said: %(advice)s)"),
    fields=("title", "wave", "choice", "advice", "reason"),
    words={"choice": lambda code: str(WaveAdvice(code).label),
           "advice": lambda code: str(WaveAdvice(code).label)},
)  # fmt: skip
PILOT_WAVE_OPENED = EventType(
    "learning.pilot.wave_opened",
    _("%(by)s opened wave %(wave)s of the pilot “%(title)s”"),
    fields=("title", "wave"),
)
PILOT_WAVE_MOVED = EventType(
    "learning.pilot.wave_moved",
    _("%(by)s moved wave %(wave)s of the pilot “%(title)s” to %(starts_on)s, for %(weeks)s weeks"),
    fields=("title", "wave", "starts_on", "weeks"),
)
PILOT_ROLLED_OUT = EventType(
    "learning.pilot.rolled_out",
    _("%(by)s rolled the pilot “%(title)s” out: %(ending)s"),
    fields=("title", "ending"),
)
PILOT_GIVEN_UP = EventType(
    "learning.pilot.given_up",
    _("%(by)s gave the pilot “%(title)s” up: %(ending)s"),
    fields=("title", "ending"),
)
