"""Where a unit wants to go, and what that rests on."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit

from ..enums import SourceKind

STALE_DAYS = 180


class Strategy(models.Model):
    """What its goals serve together, over a period, with one owner."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("what it says"), max_length=2000, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("owner"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="strategy_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(name="one_strategy_of_a_title", fields=["unit", "title", "starts_on"]),
        ]
        indexes = [models.Index(fields=["unit", "-starts_on"], name="strategy_of_unit")]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """Material that a strategy rests on; stale ``stale_days`` after its day, or on ``stale_on``."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="sources")
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind)
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("where it lies"), max_length=300, blank=True)
    dated_on = models.DateField(_("dated"))
    stale_days = models.PositiveSmallIntegerField(_("stale after days"), null=True)
    stale_on = models.DateField(_("stale on"), null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_source_goes_stale_by_days_or_on_a_day",
                condition=Q(stale_days__isnull=True) ^ Q(stale_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stale_from(self) -> date:
        """From this day on it is too old to rest on."""
        return self.stale_on or self.dated_on + timedelta(days=self.stale_days or 0)

    def is_stale(self, on: date) -> bool:
        """Whether a strategy should no longer rest on it."""
        return on >= self.stale_from
