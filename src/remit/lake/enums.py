from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import is. What ran can stop anywhere and go on from its state."""

    WAITING = "waiting", _("Waiting")
    STAGED = "staged", _("Read and checked")
    COMMITTED = "committed", _("Loaded")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class RowState(models.TextChoices):
    """What became of a row that was left out."""

    OPEN = "open", _("To correct")
    CORRECTED = "corrected", _("Corrected, not yet loaded")
    LOADED = "loaded", _("Loaded")
    DROPPED = "dropped", _("Given up")
