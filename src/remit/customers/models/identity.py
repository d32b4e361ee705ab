"""Who is who: what events said, and what follows from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit

from ..enums import NameKind
from .customer import Customer


class Claim(models.Model):
    """An event said that a person code goes by a name; said first at ``at``, by the event ``event_code``.

    ``name``: a digest, or the customer's id. A claim that was withdrawn counts no longer, as if it had never
    been made; one that is made again stays withdrawn.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person_code = models.CharField(_("person"), max_length=120)
    kind = models.CharField(_("rule"), max_length=10, choices=NameKind)
    name = models.CharField(max_length=64)
    at = models.DateTimeField(_("time"))
    event_code = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_claim", fields=["unit", "person_code", "kind", "name"]),
            models.CheckConstraint(name="claim_kind_known", condition=models.Q(kind__in=NameKind.values)),
        ]


class Link(models.Model):
    """A person code is a customer, by the claim that told so; a projection of the claims that count."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person_code = models.CharField(_("person"), max_length=120)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_customer_per_person_code", fields=["unit", "person_code"])
        ]
        indexes = [models.Index(fields=["customer"], name="link_by_customer")]


class Conflict(models.Model):
    """A claim would make one person of two customers: it is not followed until somebody decides."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="conflict")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("company"))
    held = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("so far"))
    claimed = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("now said"))
    found_at = models.DateTimeField(_("found"))
