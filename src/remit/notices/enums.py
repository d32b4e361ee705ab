from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.TextChoices):
    """When a notice is also sent by e-mail."""

    IMMEDIATELY = "immediately", _("At once")
    DIGEST = "digest", _("Once a day, together")
    NONE = "none", _("Never")
