"""People lent to another unit for a time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .assignment import Assignment


class Secondment(models.Model):
    """From the first to the last day the holder of ``home`` works in ``away`` instead, then is back.

    ``away`` is an assignment of the same person that ends with the secondment; ``home`` does not count
    meanwhile.
    """

    home = models.ForeignKey(Assignment, models.PROTECT, related_name="secondments")
    away = models.OneToOneField(Assignment, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="secondment_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="secondment_goes_elsewhere", condition=~Q(home=F("away"))),
        ]
