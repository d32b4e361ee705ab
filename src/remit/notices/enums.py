from django.db import models
from django.utils.translation import gettext_lazy as _


class Pace(models.TextChoices):
    """When a notice also goes out by a way."""

    IMMEDIATELY = "immediately", _("At once")
    DIGEST = "digest", _("Once a day, together")
    NONE = "none", _("Never")


class Way(models.TextChoices):
    """How a notice leaves the product. Letters go out in the order of the values: e-mail first."""

    MAIL = "mail", _("e-mail")
    ROBOT = "robot", _("personal robot")
    TEAM = "team", _("team robot")
