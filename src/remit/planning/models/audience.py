"""The customers whom a campaign is to reach, by name."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.customers.models import Customer
from remit.org.models import Person

from .plan import Plan


class AudienceList(models.Model):
    """Customers as they were named at one moment. Never edited: another audience is another list.

    ``basis``: what they were drawn by, as plain values; ``size`` and ``digest`` are of the customers' codes.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="audience_lists")
    customers = models.ManyToManyField(Customer, through="ListedCustomer", related_name="+")
    basis: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    size = models.PositiveIntegerField(_("customers"))
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_audience_is_somebody", condition=models.Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.size}"


class ListedCustomer(models.Model):
    """One of a list."""

    audience = models.ForeignKey(AudienceList, models.CASCADE, related_name="listed")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_customer_stands_once_in_a_list", fields=["audience", "customer"]),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}"
