"""Templates of plans that a company keeps, beside those that ship."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit
from remit.planning.enums import CampaignKind


class PlanTemplate(models.Model):
    """Saved from a plan. ``content``: as ``plan_templates.read_template`` takes it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=CampaignKind)
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_template_a_name", fields=["unit", "name"])]

    def __str__(self) -> str:
        return self.name
