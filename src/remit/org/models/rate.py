"""What one currency is worth in another, dated and with its source."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .unit import Unit


class Rate(models.Model):
    """One unit of ``base`` is worth ``rate`` units of ``quote`` from ``day`` until the next row's day.

    ``unit`` is the company whose import brought the rate; the rate holds for the whole group.
    ``source`` says where the figure comes from: a figure that was converted shows it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    base = models.CharField(_("from currency"), max_length=3)
    quote = models.CharField(_("to currency"), max_length=3)
    day = models.DateField(_("day"))
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8)
    source = models.CharField(_("source"), max_length=200)
    published = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_rate_per_pair_and_day", fields=["base", "quote", "day"]),
            models.CheckConstraint(name="rate_is_positive", condition=Q(rate__gt=0)),
            models.CheckConstraint(name="rate_is_between_two_currencies", condition=~Q(base=F("quote"))),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.quote} {self.day}"
