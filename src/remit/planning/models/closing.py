"""How a plan is measured, and what is learnt when it ends."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person

from ..enums import MeasureKind
from .plan import Plan


class Measure(models.Model):
    """What a plan is judged by. ``metric``: a code of the catalogue; without one the result is typed.

    ``actual`` is read when the plan is closed, with where it comes from; both target and result are in the
    unit of the metric.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures")
    kind = models.CharField(_("kind"), max_length=10, choices=MeasureKind)
    title = models.CharField(_("title"), max_length=120)
    metric = models.CharField(_("metric"), max_length=60, blank=True)
    target = models.DecimalField(_("target"), max_digits=20, decimal_places=6)
    actual = models.DecimalField(_("result"), max_digits=20, decimal_places=6, null=True)
    source = models.CharField(_("where the result comes from"), max_length=200, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_measure_per_title", fields=["plan", "title"]),
            models.CheckConstraint(
                name="result_has_a_source",
                condition=Q(actual__isnull=True) | ~Q(source="") & Q(read_at__isnull=False),
            ),
        ]


class Retrospective(models.Model):
    """Goal, result, causes and lessons (H4.5.1); without one nothing is closed."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="retrospective")
    goal = models.TextField(_("what we wanted"), max_length=2000)
    result = models.TextField(_("what came of it"), max_length=2000)
    causes = models.TextField(_("why"), max_length=2000)
    lessons = models.TextField(_("what we do differently"), max_length=2000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retrospective_is_whole",
                condition=~Q(goal="") & ~Q(result="") & ~Q(causes="") & ~Q(lessons=""),
            ),
        ]
