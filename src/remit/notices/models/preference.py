"""How a person wants to be told."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

from ..enums import Mail


class Preference(models.Model):
    """E-mail and quiet hours of one person, in their own time zone. Without a row the defaults hold."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    mail = models.CharField(_("e-mail"), max_length=12, choices=Mail, default=Mail.IMMEDIATELY)
    digest_at = models.TimeField(_("daily letter at"), default=time(8))
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True, default=time(22))
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True, default=time(7))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="quiet_hours_have_both_ends",
                condition=Q(quiet_from=None, quiet_until=None) | ~(Q(quiet_from=None) | Q(quiet_until=None)),
            ),
        ]
