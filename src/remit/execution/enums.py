from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TaskState(models.TextChoices):
    """Where a task stands; the columns of the board."""

    TODO = "todo", pgettext_lazy("task", "To do")
    DOING = "doing", pgettext_lazy("task", "In hand")
    DONE = "done", pgettext_lazy("task", "Done")
    DROPPED = "dropped", pgettext_lazy("task", "Dropped")


OPEN_TASK = (TaskState.TODO, TaskState.DOING)


class SlipState(models.TextChoices):
    OPEN = "open", pgettext_lazy("slip", "Proposed")
    TAKEN = "taken", pgettext_lazy("slip", "Shifted")
    LEFT = "left", pgettext_lazy("slip", "Left as it was")


class RiskState(models.TextChoices):
    WATCHED = "watched", pgettext_lazy("risk", "Watched")
    FIRED = "fired", pgettext_lazy("risk", "It happened")
    CLOSED = "closed", pgettext_lazy("risk", "Closed")


class Trigger(models.TextChoices):
    """How one notices that it happens."""

    HAND = "hand", pgettext_lazy("risk", "Somebody says so")
    METRIC = "metric", pgettext_lazy("risk", "A figure passes its limit")
    DATE = "date", pgettext_lazy("risk", "A day comes")
    EVENT = "event", pgettext_lazy("risk", "Something happens in the system")


class TriggerEvent(models.TextChoices):
    """What of the record fires a risk: of its plan, or of everybody."""

    TASK_SLIPPED = "task_slipped", _("A task of the campaign slips")
    DEVIATION = "deviation", _("A deviation of the campaign is asked for")
    RETURNED = "returned", _("A request of the campaign is returned or refused")
    IMPORT_FAILED = "import_failed", _("An import fails")
    PERSON_LEFT = "person_left", _("Somebody leaves the department")


class ReportKind(models.TextChoices):
    """Three levels of watching (H4.3.1)."""

    DAILY = "daily", pgettext_lazy("report", "Daily board")
    WEEKLY = "weekly", pgettext_lazy("report", "Weekly review")
    MONTHLY = "monthly", pgettext_lazy("report", "Monthly report")


class ClashKind(models.TextChoices):
    """What is asked for twice, or pulled two ways (H4.1.3)."""

    PERSON = "person", pgettext_lazy("conflict", "Person")
    MONEY = "money", pgettext_lazy("conflict", "Money")
    AUDIENCE = "audience", pgettext_lazy("conflict", "Audience")
    GOALS = "goals", pgettext_lazy("conflict", "Goals")
    STOCK = "stock", pgettext_lazy("conflict", "Material")
    OTHER = "other", pgettext_lazy("conflict", "Other")


class ConflictState(models.TextChoices):
    OPEN = "open", pgettext_lazy("conflict", "Open")
    DECIDED = "decided", pgettext_lazy("conflict", "Decided")
    LAPSED = "lapsed", pgettext_lazy("conflict", "No longer there")


class CooperationState(models.TextChoices):
    """Where a request to another department stands. ASKING: prepared, asked, or to be asked again."""

    ASKING = "asking", pgettext_lazy("cooperation", "Being asked")
    ANSWERED = "answered", pgettext_lazy("cooperation", "Answered, to be accepted")
    PROMISED = "promised", pgettext_lazy("cooperation", "Promised")
    DONE = "done", pgettext_lazy("cooperation", "Reported done")
    CONFIRMED = "confirmed", pgettext_lazy("cooperation", "Done and confirmed")
    DECLINED = "declined", pgettext_lazy("cooperation", "Not feasible")
    DROPPED = "dropped", pgettext_lazy("cooperation", "No longer asked for")


COMMITTED = (CooperationState.PROMISED, CooperationState.DONE, CooperationState.CONFIRMED)


ENDED_COOPERATION = (CooperationState.CONFIRMED, CooperationState.DECLINED, CooperationState.DROPPED)


class Feasibility(models.TextChoices):
    """What the asked department answers (H5.1.2)."""

    FEASIBLE = "feasible", pgettext_lazy("feasibility", "Feasible")
    CONDITIONAL = "conditional", pgettext_lazy("feasibility", "Feasible on conditions")
    LATER = "later", pgettext_lazy("feasibility", "Feasible later")
    NOT_FEASIBLE = "not_feasible", pgettext_lazy("feasibility", "Not feasible")
