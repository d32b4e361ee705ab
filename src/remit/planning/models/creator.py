"""Endorsers and creators: who lends a face or a voice, by which contract, in which campaigns (H2.1.3)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.core.money import MONEY
from remit.files.models import StoredFile
from remit.org.models import Person, Unit

from ..enums import CreatorKind, FeeBasis
from .plan import Plan


class Creator(models.Model):
    """Somebody outside who appears for us. ``ended_at``: we work with them no longer."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=CreatorKind)
    platform = models.CharField(_("platform"), max_length=80, blank=True)
    handle = models.CharField(_("account on the platform"), max_length=120, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    note = models.CharField(_("note"), max_length=600, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_creator_per_account", fields=["unit", "name", "platform", "handle"]
            ),
            models.CheckConstraint(
                name="an_ended_cooperation_says_why",
                condition=Q(ended_at__isnull=True, end_reason="")
                | Q(ended_at__isnull=False) & ~Q(end_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CreatorContract(models.Model):
    """One version of a contract; both days are included. The next one is added, none is edited.

    Withdrawn (signed off early, or entered wrongly) it counts no more and stays to be read.
    """

    creator = models.ForeignKey(Creator, models.PROTECT, related_name="contracts")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    begins_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("expires on"))
    fee = models.DecimalField(_("fee"), default=Decimal(0), **MONEY)
    currency = models.CharField(max_length=3)
    basis = models.CharField(_("what the fee is for"), max_length=10, choices=FeeBasis)
    exclusivity = models.CharField(_("exclusivity"), max_length=600, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contract_expires_after_it_begins", condition=Q(ends_on__gte=F("begins_on"))
            ),
            models.CheckConstraint(name="a_fee_is_nothing_or_more", condition=Q(fee__gte=0)),
            models.CheckConstraint(
                name="a_withdrawn_contract_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["ends_on"], name="contract_expiry", condition=Q(withdrawn_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.creator.name


class Engagement(models.Model):
    """Somebody appears in a campaign: for what, and which part of the fee, in the plan's currency."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="engagements")
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="engagements")
    purpose = models.CharField(pgettext_lazy("engagement", "what for"), max_length=200)
    fee = models.DecimalField(_("part of the fee"), default=Decimal(0), **MONEY)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_engagement_a_plan", fields=["plan", "creator"]),
            models.CheckConstraint(name="an_engagement_costs_nothing_or_more", condition=Q(fee__gte=0)),
        ]
