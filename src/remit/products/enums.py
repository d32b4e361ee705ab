from django.db import models
from django.utils.translation import gettext_lazy as _


class SoldBy(models.TextChoices):
    """What a quantity of the product counts; only pieces add up across products."""

    PIECE = "piece", _("Piece")
    VOLUME = "volume", _("Volume")
    WEIGHT = "weight", _("Weight")
