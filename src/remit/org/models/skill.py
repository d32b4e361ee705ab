"""What one can be able to do, what positions ask for, and how well people can."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.core.text import Text

from ..enums import SkillKind, SkillSource
from .person import Person
from .position import Position

LEVEL_MAX = 5


def _within_levels() -> Q:
    return Q(level__gte=1) & Q(level__lte=LEVEL_MAX)


class Skill(models.Model):
    """A skill of the department (H3.3). ``remedy``: what somebody does who lacks it."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SkillKind)
    meaning = models.TextField(_("meaning"), blank=True)
    meaning_en = models.TextField(_("English meaning"), blank=True)
    remedy = models.TextField(_("what closes a gap"), blank=True)
    remedy_en = models.TextField(_("what closes a gap, in English"), blank=True)

    def __str__(self) -> str:
        return self.name

    def title(self, language: str) -> str:
        return Text(self.name, self.name_en or self.name).say(language)

    @property
    def meaning_text(self) -> Text:
        """What is meant by it."""
        return Text(self.meaning, self.meaning_en or self.meaning)

    @property
    def remedy_text(self) -> Text:
        """What closes a gap."""
        return Text(self.remedy, self.remedy_en or self.remedy)


class PositionSkill(models.Model):
    """The level, from 1 to 5, of a skill that a position asks for."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="positions")
    level = models.PositiveSmallIntegerField(_("level"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_level_per_position_and_skill", fields=["position", "skill"]),
            models.CheckConstraint(name="asked_level_is_one_to_five", condition=_within_levels()),
        ]


class SkillLevel(models.Model):
    """How well somebody can do something, as somebody said on a day; never changed, only said anew.

    ``evidence``: a reference (``file:7``) or a web address.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="skill_levels")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=10, choices=SkillSource)
    level = models.PositiveSmallIntegerField(_("level"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="level_is_one_to_five", condition=_within_levels()),
            models.CheckConstraint(
                name="evidence_says_where_it_is", condition=~Q(source=SkillSource.EVIDENCE) | ~Q(evidence="")
            ),
        ]
        indexes = [models.Index(fields=["person", "skill", "source"], name="levels_of_people")]
