from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CampaignKind(models.TextChoices):
    PROMOTION = "promotion", pgettext_lazy("campaign", "Promotion")
    LAUNCH = "launch", pgettext_lazy("campaign", "Launch")
    BRAND = "brand", pgettext_lazy("campaign", "Brand")
    CONTENT = "content", pgettext_lazy("campaign", "Content")
    LIVE = "live", pgettext_lazy("campaign", "Live session")
    CO_BRANDED = "co_branded", pgettext_lazy("campaign", "Co-branded")
    MEMBER = "member", pgettext_lazy("campaign", "Member event")


class PromotionGoal(models.TextChoices):
    """What a promotion is for (H2.3.3); its success is read by this."""

    CLEAR_STOCK = "clear_stock", _("Clear stock")
    WIN_NEW = "win_new", _("Win new customers")
    REPURCHASE = "repurchase", _("Repurchase")
    BASKET = "basket", _("Larger baskets")
    TRAFFIC = "traffic", _("Traffic to outlets")


class Stage(models.TextChoices):
    """Where a plan stands. Approved, it is a campaign that waits for its launch."""

    DRAFT = "draft", pgettext_lazy("plan", "In preparation")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    RUNNING = "running", pgettext_lazy("plan", "Running")
    CLOSED = "closed", pgettext_lazy("plan", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("plan", "Cancelled")


class MeasureKind(models.TextChoices):
    """Every evaluation has both (H4.4.1)."""

    RESULT = "result", _("Result")
    PROCESS = "process", _("Process")


class DeviationState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("deviation", "Asked for")
    APPLIED = "applied", pgettext_lazy("deviation", "In force")
    DROPPED = "dropped", pgettext_lazy("deviation", "Dropped")


class MoneyStage(models.TextChoices):
    """How far money has gone; each stage draws on the one before."""

    REQUEST = "request", pgettext_lazy("money", "Forecast")
    ORDER = "order", pgettext_lazy("money", "Committed")
    INVOICE = "invoice", pgettext_lazy("money", "Spent")


class Control(models.TextChoices):
    """What happens where a stage goes beyond what a line has."""

    STOP = "stop", pgettext_lazy("control", "Stop")
    WARN = "warn", pgettext_lazy("control", "Warn")
    IGNORE = "ignore", pgettext_lazy("control", "Let pass")


class ReleaseState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("release", "Asked for")
    APPLIED = "applied", pgettext_lazy("release", "Released")
    DROPPED = "dropped", pgettext_lazy("release", "Dropped")


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
