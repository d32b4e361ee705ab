from django.db import models
from django.utils.translation import gettext_lazy as _


class OutletKind(models.TextChoices):
    """How an outlet meets its customers; ranking compares outlets of the same kind."""

    STORE = "store", _("Store")
    ONLINE = "online", _("Online shop")
    DEALER = "dealer", _("Dealer")
    OTHER = "other", _("Other")
