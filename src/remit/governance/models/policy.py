"""The rules for one kind of request."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.core.text import Text
from remit.org.models import Person

from ..clauses import Clause, clauses_of
from ..kinds import kind_of


class Policy(models.Model):
    """One policy rules one kind of request; what it says is in its versions."""

    kind = models.SlugField(_("kind"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=120, blank=True)

    def __str__(self) -> str:
        return self.title

    def title_in(self, language: str) -> str:
        return Text(self.title, self.title_en or self.title).say(language)


class PolicyVersion(models.Model):
    """What a policy says from a moment on. Never edited; a request keeps the one it was judged by."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    clauses: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_policy_version_per_number", fields=["policy", "number"]),
            models.CheckConstraint(name="policy_version_counts_from_one", condition=Q(number__gte=1)),
        ]

    def read(self) -> tuple[Clause, ...]:
        """The clauses; raise UnreadableClause when the kind no longer has a fact that one reads."""
        return clauses_of(self.clauses, kind_of(self.policy.kind).fact_types)
