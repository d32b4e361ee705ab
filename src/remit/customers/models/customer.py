"""Who buys."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.org.models import Unit


class Customer(models.Model):
    """A customer (a person or a household) of one company, known by the company's own code.

    Attributes are the source's own classes, such as ``25-34``; empty means unknown. A customer that facts
    name before any customer list does is a stub: ``described`` is false.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=80)
    age_group = models.CharField(_("age group"), max_length=40, blank=True)
    area = models.CharField(_("residence area"), max_length=80, blank=True)
    income = models.CharField(_("income"), max_length=40, blank=True)
    household = models.CharField(_("household"), max_length=40, blank=True)
    home_ownership = models.CharField(_("home ownership"), max_length=40, blank=True)
    marital = models.CharField(_("marital status"), max_length=40, blank=True)
    kids = models.CharField(_("children"), max_length=40, blank=True)
    described = models.BooleanField(_("described"), default=False)
    published = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_customer_per_code", fields=["unit", "code"])]
        indexes = [
            models.Index(fields=["unit", "age_group"], name="customer_by_age_group"),
            models.Index(fields=["unit", "area"], name="customer_by_area"),
            models.Index(fields=["id"], name="customer_to_publish", condition=models.Q(published=False)),
        ]

    def __str__(self) -> str:
        return self.code
