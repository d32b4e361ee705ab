"""A company's own words of screening."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

type Written = dict[str, Any]


class OwnWords(models.Model):
    """What the company's list says from a moment on (``screening.own``). Never edited; the newest holds."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    content: models.JSONField[Written, Written] = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="own_words_count_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.number)
