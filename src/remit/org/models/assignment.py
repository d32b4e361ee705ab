"""Who holds which position where, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .person import Person
from .position import Position
from .unit import Unit


class Assignment(models.Model):
    """A person holds a position in a unit; the unit's subtree is their scope."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    position = models.ForeignKey(Position, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(_("share of time (%)"), default=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="one_assignment_per_start", fields=["person", "position", "unit", "starts_on"]
            ),
            models.CheckConstraint(
                name="assignment_share_is_a_part", condition=Q(share__gte=1) & Q(share__lte=100)
            ),
        ]
