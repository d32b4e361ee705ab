"""Ways to grow from position to position (H3.3.3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.core.text import Text

from ..enums import CriterionKind
from .person import Person
from .position import Position
from .skill import LEVEL_MAX, Skill


class Ladder(models.Model):
    """A career path."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)

    def __str__(self) -> str:
        return self.name

    def title(self, language: str) -> str:
        return Text(self.name, self.name_en or self.name).say(language)


class Rung(models.Model):
    """A position on a ladder; ``order`` grows upward."""

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="rungs")
    position = models.ForeignKey(Position, models.PROTECT, related_name="rungs")
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_position_per_order", fields=["ladder", "order"]),
            models.UniqueConstraint(name="position_once_per_ladder", fields=["ladder", "position"]),
        ]


class Criterion(models.Model):
    """What is asked of somebody who wants to step on a rung.

    ``skill`` at ``level``; or ``months`` in the position of the rung below; or a ``statement`` that a manager
    confirms.
    """

    rung = models.ForeignKey(Rung, models.CASCADE, related_name="criteria")
    kind = models.CharField(_("kind"), max_length=10, choices=CriterionKind)
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    statement = models.CharField(_("statement"), max_length=300, blank=True)
    statement_en = models.CharField(_("English statement"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="criterion_asks_what_its_kind_says",
                condition=(
                    Q(kind=CriterionKind.SKILL, skill__isnull=False, months=None, statement="")
                    & Q(level__gte=1, level__lte=LEVEL_MAX)
                )
                | Q(kind=CriterionKind.TENURE, skill=None, level=None, months__gte=1, statement="")
                | (Q(kind=CriterionKind.STATEMENT, skill=None, level=None, months=None) & ~Q(statement="")),
            ),
            models.UniqueConstraint(
                name="skill_once_per_rung", fields=["rung", "skill"], condition=Q(skill__isnull=False)
            ),
        ]

    @property
    def statement_text(self) -> Text:
        """What a manager confirms."""
        return Text(self.statement, self.statement_en or self.statement)


class Confirmation(models.Model):
    """A manager confirmed that a criterion's statement is true of a person."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="confirmations")
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="confirmed_once_per_person", fields=["criterion", "person"]),
        ]
