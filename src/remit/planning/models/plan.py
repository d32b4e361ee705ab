"""A campaign as it is planned, approved, carried out and closed."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remit.core.money import MONEY
from remit.org.models import Person, Project, Unit

from ..enums import CampaignKind, PromotionGoal, Stage
from .campaign import Campaign


class Plan(models.Model):
    """A proposal that becomes a campaign when all have signed. ``money`` is in the currency of its books.

    ``project`` names the joint team that carries it out, where the unit is a matrix. ``campaign`` is set with
    the last signature: under it facts (contacts, redemptions, spend) are found. ``listed``: the audience by
    name, where somebody named it. ``edited_by``: ids of
    everybody who changed what is signed of it; they sign nothing of it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    code = models.SlugField(_("code"), max_length=40, allow_unicode=True)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=CampaignKind)
    promotion_goal = models.CharField(
        _("what the promotion is for"), max_length=20, choices=PromotionGoal, blank=True
    )
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("joint team")
    )
    brand = models.CharField(_("brand"), max_length=120, blank=True)
    theme = models.CharField(_("annual theme"), max_length=120, blank=True)
    pain_point = models.TextField(_("customer pain point"), max_length=600, blank=True)
    evidence = models.TextField(_("evidence of the pain point"), max_length=600, blank=True)
    objective = models.TextField(_("what is to be reached"), max_length=600, blank=True)
    audience = models.TextField(_("audience"), max_length=600, blank=True)
    listed = models.ForeignKey(
        "AudienceList", models.PROTECT, null=True, related_name="+", verbose_name=_("customers by name")
    )
    channels = models.CharField(_("channels"), max_length=300, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    money = models.DecimalField(_("money"), default=Decimal(0), **MONEY)
    currency = models.CharField(_("currency"), max_length=3)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT)
    campaign = models.OneToOneField(Campaign, models.PROTECT, null=True, related_name="plan")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    edited_by: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    launched_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    launched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # closed or cancelled
    end_reason = models.CharField(max_length=300, blank=True)  # of a cancellation

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_plan_per_code", fields=["unit", "code"]),
            models.CheckConstraint(
                name="plan_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="plan_costs_nothing_or_more", condition=Q(money__gte=0)),
            models.CheckConstraint(
                name="only_a_promotion_has_a_promotion_goal",
                condition=Q(kind=CampaignKind.PROMOTION) | Q(promotion_goal=""),
            ),
            models.CheckConstraint(
                name="what_runs_was_launched",
                condition=~Q(stage__in=[Stage.RUNNING, Stage.CLOSED])
                | Q(launched_at__isnull=False, launched_by__isnull=False, campaign__isnull=False),
            ),
            models.CheckConstraint(
                name="what_ended_has_a_time",
                condition=~Q(stage__in=[Stage.CLOSED, Stage.CANCELLED]) | Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-starts_on"], name="plan_of_unit"),
            models.Index(fields=["owner", "-starts_on"], name="plan_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title
