from django.db import models
from django.utils.translation import gettext_lazy as _


class Structure(models.TextChoices):
    CENTRALISED = "centralised", _("Centralised")
    DECENTRALISED = "decentralised", _("Decentralised")
    MATRIX = "matrix", _("Matrix")


class Ability(models.TextChoices):
    """What a position may do besides reading figures of its scope."""

    IMPORT_DATA = "import_data", _("Import data")
    DEFINE_FIGURES = "define_figures", _("Define metrics, targets and alerts")
    MANAGE_PEOPLE = "manage_people", _("Manage units, positions and people")
    READ_AUDIT = "read_audit", _("Read the audit record")
    MANAGE_SYSTEM = "manage_system", _("Manage settings of the system")


class Board(models.TextChoices):
    """Which default board greets the holder of a position."""

    DIRECTOR = "director", _("Director")
    ANALYST = "analyst", _("Analyst")
    BRAND = "brand", _("Brand")
    DIGITAL = "digital", _("Digital")
    CHANNEL = "channel", _("Channel")


class Language(models.TextChoices):
    BROWSER = "", _("As the browser says")
    ZH_HANT = "zh-hant", _("Traditional Chinese")
    ZH_HANS = "zh-hans", _("Simplified Chinese")
    EN = "en", _("English")


class Theme(models.TextChoices):
    SYSTEM = "", _("As the system says")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
