"""Who looks after whose growth."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .person import Person


class Mentoring(models.Model):
    """A mentor accompanies a mentee from a day to a day; a mentee has one mentor at a time."""

    mentor = models.ForeignKey(Person, models.CASCADE, related_name="mentees")
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="mentors")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    aim = models.CharField(_("aim"), max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_mentors_themselves", condition=~Q(mentor=F("mentee"))),
            models.CheckConstraint(
                name="mentoring_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="one_open_mentoring_per_mentee", fields=["mentee"], condition=Q(ends_on=None)
            ),
        ]
