from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often a duty is due."""

    ONCE = "once", _("Once")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    FORTNIGHTLY = "fortnightly", _("Fortnightly")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")
    YEARLY = "yearly", _("Yearly")
    EVENT = "event", _("Upon an event")


class Role(models.TextChoices):
    """RACI."""

    ACCOUNTABLE = "accountable", _("Accountable")
    RESPONSIBLE = "responsible", _("Responsible")
    CONSULTED = "consulted", _("Consulted")
    INFORMED = "informed", _("Informed")


class EvidenceKind(models.TextChoices):
    FILE = "file", _("File")
    NOTE = "note", _("Note")
    LINK = "link", _("Link")
    THING = "thing", _("Something in the system")


class State(models.TextChoices):
    """Of an occurrence. OPEN lasts until it is delivered; a returned one is open again."""

    OPEN = "open", _("Open")
    DELIVERED = "delivered", _("Delivered")
    ACCEPTED = "accepted", _("Accepted")
    WAIVED = "waived", _("Waived")


class HandoverState(models.TextChoices):
    EXPECTED = "expected", _("Expected")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    DROPPED = "dropped", _("No longer owed")


class ProposalState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class ReadingSource(models.TextChoices):
    METRIC = "metric", _("Read from data")
    MANUAL = "manual", _("Entered by hand")
