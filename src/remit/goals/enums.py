from django.db import models
from django.utils.translation import pgettext_lazy


class GoalState(models.TextChoices):
    """A draft binds nobody; what is in force is complete (H2.1.3)."""

    DRAFT = "draft", pgettext_lazy("goal", "Draft")
    ACTIVE = "active", pgettext_lazy("goal", "In force")
    ENDED = "ended", pgettext_lazy("goal", "Ended")
    DROPPED = "dropped", pgettext_lazy("goal", "Dropped")


class Lever(models.TextChoices):
    """What is to move a part of a goal (H4.1.1)."""

    LAUNCH = "launch", pgettext_lazy("lever", "Launch")
    FESTIVAL = "festival", pgettext_lazy("lever", "Festival promotion")
    CHANNEL = "channel", pgettext_lazy("lever", "Channel depth")
    REPURCHASE = "repurchase", pgettext_lazy("lever", "Member repurchase")


class Cut(models.TextChoices):
    """Into what a goal is cut."""

    QUARTER = "quarter", pgettext_lazy("cut", "Quarters")
    MONTH = "month", pgettext_lazy("cut", "Months")
    UNIT = "unit", pgettext_lazy("cut", "Units below")


class SplitMethod(models.TextChoices):
    """By what the parts get their size."""

    SHARES = "shares", pgettext_lazy("split", "Shares")
    HISTORY = "history", pgettext_lazy("split", "The same days a year before")
    FORECAST = "forecast", pgettext_lazy("split", "Forecast")
    HAND = "hand", pgettext_lazy("split", "By hand")


class SourceKind(models.TextChoices):
    """What a strategy rests on (H2.1.3)."""

    RESEARCH = "research", pgettext_lazy("source", "Market research")
    COMPETITOR = "competitor", pgettext_lazy("source", "Competitor report")
    OTHER = "other", pgettext_lazy("source", "Other material")


class MeasuredIn(models.TextChoices):
    """What one of a manual figure is."""

    COUNT = "count", pgettext_lazy("measured in", "A number")
    MONEY = "money", pgettext_lazy("measured in", "Money")
    PERCENT = "percent", pgettext_lazy("measured in", "A percentage")
    RATIO = "ratio", pgettext_lazy("measured in", "A ratio")
