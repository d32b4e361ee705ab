"""How a person wants to be told."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

from ..enums import Pace


def quiet_hours_have_both_ends(name: str) -> models.CheckConstraint:
    """Quiet hours have a beginning and an end, or there are none."""
    return models.CheckConstraint(
        name=name,
        condition=Q(quiet_from=None, quiet_until=None) | ~(Q(quiet_from=None) | Q(quiet_until=None)),
    )


class Preference(models.Model):
    """Ways and quiet hours of one person, in their own time zone. Without a row the defaults hold."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    mail = models.CharField(_("e-mail"), max_length=12, choices=Pace, default=Pace.IMMEDIATELY)
    robot = models.CharField(_("robot"), max_length=40, blank=True)  # its name; empty: none
    robot_pace = models.CharField(_("messages"), max_length=12, choices=Pace, default=Pace.IMMEDIATELY)
    digest_at = models.TimeField(_("daily messages at"), default=time(8))
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True, default=time(22))
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True, default=time(7))

    class Meta:
        constraints = [quiet_hours_have_both_ends("quiet_hours_have_both_ends")]
