"""Projects in which people answer to two leads (H3.1.3)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remit.core.text import Text

from ..enums import Decider, DecisionKind
from .person import Person
from .unit import Unit


class Project(models.Model):
    """A temporary team across units. The functional lead of a member is their superior at home."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Person, models.PROTECT, related_name="+")
    arbiter = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    is_demonstration = models.BooleanField(_("demonstration configuration"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="project_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="arbiter_is_not_the_lead", condition=~Q(arbiter=F("lead"))),
        ]

    def __str__(self) -> str:
        return self.name

    def title(self, language: str) -> str:
        return Text(self.name, self.name_en or self.name).say(language)


class ProjectDecision(models.Model):
    """For one kind of decision: which lead decides, or both together."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="decisions")
    kind = models.CharField(_("kind of decision"), max_length=20, choices=DecisionKind)
    decider = models.CharField(_("decided by"), max_length=20, choices=Decider)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_decider_per_kind", fields=["project", "kind"]),
        ]


class ProjectMember(models.Model):
    """Somebody works in a project with a share of their time, in percent."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="project_memberships")
    role = models.CharField(_("role"), max_length=80, blank=True)
    share = models.PositiveSmallIntegerField(_("share of time (%)"), default=20)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_membership_per_start", fields=["project", "person", "starts_on"]
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="membership_share_is_a_part", condition=Q(share__gte=1) & Q(share__lte=100)
            ),
        ]
