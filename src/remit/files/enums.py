from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    UPLOAD = "upload", _("Uploaded")
    GENERATED = "generated", _("Generated")
