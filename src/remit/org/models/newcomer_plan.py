"""The first thirty days of somebody new (H3.3.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.core.text import Text

from .person import Person

LAST_DAY = 30


class TemplateStep(models.Model):
    """What everybody new does; ``day`` 1 is the first day, in calendar days."""

    day = models.PositiveSmallIntegerField(_("day"))
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="template_step_is_within_thirty_days",
                condition=models.Q(day__gte=1) & models.Q(day__lte=LAST_DAY),
            ),
        ]

    def title(self, language: str) -> str:
        return Text(self.name, self.name_en or self.name).say(language)


class NewcomerPlan(models.Model):
    """The steps of one newcomer, as the template stood on the day on which the plan was made."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="newcomer_plans")
    starts_on = models.DateField(_("from"))
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_plan_per_start", fields=["person", "starts_on"]),
        ]


class NewcomerStep(models.Model):
    """A step; ``done_at`` is when the newcomer ticked it."""

    plan = models.ForeignKey(NewcomerPlan, models.CASCADE, related_name="steps")
    due_on = models.DateField(_("due"))
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    def title(self, language: str) -> str:
        return Text(self.name, self.name_en or self.name).say(language)


class CheckIn(models.Model):
    """What a mentor or a manager wrote after talking with the newcomer; the newcomer reads it."""

    plan = models.ForeignKey(NewcomerPlan, models.CASCADE, related_name="check_ins")
    text = models.TextField(_("text"))
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
