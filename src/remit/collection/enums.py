from django.db import models
from django.utils.translation import gettext_lazy as _


class KeyKind(models.TextChoices):
    """Who holds a write key."""

    BROWSER = "browser", _("Web page (public key)")
    SERVER = "server", _("Server or till (secret key)")
