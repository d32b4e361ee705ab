"""Choices of targets, alerts and tiles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Breach(models.TextChoices):
    """What makes an alert fire. A change is against the period before."""

    ABOVE = "above", _("is above")
    BELOW = "below", _("is below")
    RISES = "rises", _("rises by more than")
    FALLS = "falls", _("falls by more than")


class Severity(models.TextChoices):
    NOTE = "note", _("note")
    WARNING = "warning", _("warning")
    CRITICAL = "critical", _("critical")


class TileKind(models.TextChoices):
    NUMBER = "number", _("number")
    LINE = "line", _("line")
    BAR = "bar", _("bars")
    HEAT = "heat", _("heat map")
    TABLE = "table", _("table")


class TileSize(models.TextChoices):
    SMALL = "small", _("small")
    MEDIUM = "medium", _("medium")
    LARGE = "large", _("large")
    FULL = "full", _("full width")
