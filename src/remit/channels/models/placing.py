"""Which unit ran an outlet, from when on."""

from datetime import date

from django.db import models

from remit.org.models import Unit

from .outlet import Outlet

BEGINNING = date(1, 1, 1)


class Placing(models.Model):
    """From ``starts_on`` until the next placing the outlet belonged to ``unit`` and its region."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="placings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    region = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField(default=BEGINNING)
    moved_by = models.BigIntegerField(null=True)  # id of a person; none for an import by the system
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_placing_per_day", fields=["outlet", "starts_on"]),
        ]
