"""What a figure should reach."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit


class Target(models.Model):
    """``value`` of a metric for a unit over the days from ``first`` to ``last``, both included.

    A percent is a fraction (0.25 is 25 %). ``currency`` is empty for what is no money.
    """

    metric = models.CharField(_("metric"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="target_ends_after_it_starts", condition=Q(last__gte=F("first"))),
            models.UniqueConstraint(
                name="one_target_per_metric_unit_and_period",
                fields=["metric", "unit", "first", "last", "currency"],
            ),
        ]
        indexes = [models.Index(fields=["unit", "metric"], name="target_by_unit")]

    def __str__(self) -> str:
        return f"{self.metric} {self.first}–{self.last}"
