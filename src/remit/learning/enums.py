from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExperimentStage(models.TextChoices):
    """Where an experiment stands. ``READ``: its last planned day was read, and it waits for a decision."""

    DRAFT = "draft", pgettext_lazy("experiment", "In preparation")
    RUNNING = "running", pgettext_lazy("experiment", "Running")
    READ = "read", pgettext_lazy("experiment", "Read to the end")
    DECIDED = "decided", pgettext_lazy("experiment", "Decided")
    ROLLED_OUT = "rolled_out", pgettext_lazy("experiment", "Rolled out")
    SCORED = "scored", pgettext_lazy("experiment", "Scored")
    CANCELLED = "cancelled", pgettext_lazy("experiment", "Cancelled")


class ActivityType(models.TextChoices):
    """What is tried; it says how long at least (H6.2.3)."""

    PROMOTION = "promotion", _("Short promotion: at least 3 days")
    IMAGE = "image", _("Image: at least 30 days")
    OTHER = "other", _("Anything else: full weeks")


class Audience(models.TextChoices):
    """Who counts."""

    EVERYBODY = "everybody", _("Every customer on the list, from the first day")
    SEEN = "seen", _("Whoever a program reports as having seen it")
    FILE = "file", _("Whoever a file names, with their variant")


class ReadingMode(models.TextChoices):
    DAILY = "daily", _("Every day, and stopped as soon as it is clear")
    AT_END = "at_end", _("Once, on the last day")


class MetricRole(models.TextChoices):
    PRIMARY = "primary", _("Primary figure")
    SECONDARY = "secondary", _("Secondary figure")
    GUARDRAIL = "guardrail", _("Guardrail")


class Advice(models.TextChoices):
    """What the rule says after a reading; all but waiting may be decided."""

    WAIT = "wait", pgettext_lazy("experiment", "Wait")
    SHIP = "ship", pgettext_lazy("experiment", "Ship")
    STOP = "stop", pgettext_lazy("experiment", "Stop")
    EXTEND = "extend", pgettext_lazy("experiment", "Extend")


class Because(models.TextChoices):
    """Why the rule says so."""

    CROOKED = "crooked", _("The numbers of people do not fit the weights: something loses people.")
    HARMED = "harmed", _("A guardrail got worse.")
    BETTER = "better", _("The primary figure is better, beyond chance.")
    TOO_SHORT = "too_short", _("It is clear already, but the shortest allowed time is not over.")
    WORSE = "worse", _("The primary figure is worse, beyond chance.")
    UNDECIDED = "undecided", _("The planned time is over and nothing is clear; extending was planned.")
    NOTHING = "nothing", _("The planned time is over, and no difference was shown.")
    NOT_YET = "not_yet", _("Nothing is clear yet.")


class Outcome(models.TextChoices):
    """What a roll-out brought, against what the experiment had promised."""

    HELD = "held", _("As promised, or better")
    LESS = "less", _("Less than promised")
    UNKNOWN = "unknown", _("Cannot be said")


class DiagnosisStage(models.TextChoices):
    OPEN = "open", pgettext_lazy("diagnosis", "Being looked into")
    CONCLUDED = "concluded", pgettext_lazy("diagnosis", "Concluded")
    DROPPED = "dropped", pgettext_lazy("diagnosis", "Given up")


class WhyVerdict(models.TextChoices):
    """What the evidence says about a why."""

    OPEN = "open", pgettext_lazy("why", "Not judged yet")
    HOLDS = "holds", pgettext_lazy("why", "Holds: ask why again")
    ROOT = "root", pgettext_lazy("why", "Root cause")
    RULED_OUT = "ruled_out", pgettext_lazy("why", "Ruled out")


class ClueKind(models.TextChoices):
    """What a why rests on."""

    FIGURE = "figure", _("A figure, as it stood on a day")
    QUOTE = "quote", _("What a customer said")
    TEST = "test", _("A test")
    THING = "thing", _("Something in the system, or a page elsewhere")


class PilotGrain(models.TextChoices):
    """What is chosen and compared: dimensions of the catalogue."""

    OUTLET = "outlet", _("Outlets")
    REGION = "region", _("Regions and cities")


class PilotMethod(models.TextChoices):
    """How those chosen are held against the others; written beforehand."""

    EVEN = "even", _("Difference in differences: the nearest count alike")
    SYNTHETIC = "synthetic", _("Synthetic control: the nearest are weighted to follow the weeks before")


class PilotStage(models.TextChoices):
    OPEN = "open", pgettext_lazy("pilot", "Being tried")
    ROLLED_OUT = "rolled_out", pgettext_lazy("pilot", "Rolled out")
    STOPPED = "stopped", pgettext_lazy("pilot", "Stopped")


class WaveStage(models.TextChoices):
    """Where a wave stands. ``READ``: its last week was read, and it waits for a decision."""

    DRAFT = "draft", pgettext_lazy("wave", "In preparation")
    RUNNING = "running", pgettext_lazy("wave", "Running")
    READ = "read", pgettext_lazy("wave", "Read to the end")
    PASSED = "passed", pgettext_lazy("wave", "Passed")
    STOPPED = "stopped", pgettext_lazy("wave", "Stopped")


class WaveRole(models.TextChoices):
    CHOSEN = "chosen", pgettext_lazy("wave", "Tries it")
    CONTROL = "control", pgettext_lazy("wave", "Compared with")


class WaveAdvice(models.TextChoices):
    """What the rule says after a week; all but waiting may be decided."""

    WAIT = "wait", pgettext_lazy("wave", "Wait")
    GO_ON = "go_on", pgettext_lazy("wave", "Go on")
    STOP = "stop", pgettext_lazy("wave", "Stop")


class WaveBecause(models.TextChoices):
    """Why the rule says so."""

    GAPS = "gaps", _("An outlet that tries it has no figures, so that nothing can be said.")
    FEW = "few", _("There are too few others to say what chance does.")
    HARM = "harm", _("It goes the wrong way, beyond chance.")
    BETTER = "better", _("It goes the planned way, beyond chance.")
    NOTHING = "nothing", _("The planned time is over, and no difference was shown.")
    NOT_YET = "not_yet", _("The planned time is not over.")
