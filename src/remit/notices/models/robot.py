"""Where robots of chat groups may speak. Only their names are kept: addresses and secrets are settings."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit

from ..enums import Pace
from .preference import quiet_hours_have_both_ends


class RobotAllowance(models.Model):
    """A robot that a person, or everybody of a unit and the units below it, may choose for themselves."""

    robot = models.CharField(_("robot"), max_length=40)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="robot_allowed_to_a_person_or_a_unit",
                condition=Q(person__isnull=False, unit=None) | Q(person=None, unit__isnull=False),
            ),
            models.UniqueConstraint(name="robot_allowed_once_to_a_person", fields=["person", "robot"]),
            models.UniqueConstraint(name="robot_allowed_once_to_a_unit", fields=["unit", "robot"]),
        ]


class TeamRobot(models.Model):
    """The robot of a unit's group: it tells how much waits for whom, in the zone of the unit."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="+")
    robot = models.CharField(_("robot"), max_length=40)
    pace = models.CharField(_("messages"), max_length=12, choices=Pace, default=Pace.IMMEDIATELY)
    digest_at = models.TimeField(_("daily messages at"), default=time(8))
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True, default=time(22))
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True, default=time(7))

    class Meta:
        constraints = [quiet_hours_have_both_ends("team_quiet_hours_have_both_ends")]
