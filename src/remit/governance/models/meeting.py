"""Meetings, and the series in which they come."""

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit

from ..enums import MeetingState, Rhythm

type Standing = list[dict[str, str]]


class MeetingSeries(models.Model):
    """Meetings that come again. ``day``: 1 (Monday) to 7 of a week, 1 to 28 of a month.

    ``anchor_on`` lies in a week in which a fortnightly series meets. ``at``: in the zone of the unit.
    ``standing``: items that are on every agenda, as {title, rule, material}. ``code``: of the shipped series.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    code = models.SlugField(_("code"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=120)
    rhythm = models.CharField(max_length=12, choices=Rhythm)
    day = models.PositiveSmallIntegerField()
    anchor_on = models.DateField()
    at = models.TimeField()
    duration_min = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    place = models.CharField(_("place or link"), max_length=300, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+")
    members = models.ManyToManyField(Person, related_name="+")
    standing: models.JSONField[Standing, Standing] = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="series_day_fits_its_rhythm",
                condition=Q(rhythm=Rhythm.MONTHLY, day__gte=1, day__lte=28) | Q(day__gte=1, day__lte=7),
            ),
            models.UniqueConstraint(
                name="one_living_series_per_code",
                fields=["unit", "code"],
                condition=~Q(code="") & Q(ended_at=None),
            ),
        ]
        indexes = [models.Index(fields=["unit", "ended_at"], name="series_of_unit")]

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """People who meet at a time to decide something.

    ``key``: of what laid it ahead, so that it is laid once. ``about``: the Ref it was called for.
    ``revision`` rises with each change that a calendar has to know of. ``is_apart``: somebody changed this
    one by hand, so changes of its series leave it alone.
    """

    title = models.CharField(_("title"), max_length=160)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    series = models.ForeignKey(MeetingSeries, models.PROTECT, null=True, related_name="meetings")
    key = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    duration_min = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    place = models.CharField(_("place or link"), max_length=300, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+")
    people: models.ManyToManyField[Person, Any] = models.ManyToManyField(Person, related_name="+")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    minutes = models.TextField(_("minutes"), max_length=20000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    is_apart = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # closed or cancelled
    end_reason = models.CharField(max_length=300, blank=True)  # of a cancellation

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_meeting_per_key", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(
                name="meeting_that_ran_was_started",
                condition=~Q(state__in=[MeetingState.RUNNING, MeetingState.CLOSED])
                | Q(started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_that_ended_has_a_time",
                condition=Q(state__in=[MeetingState.PLANNED, MeetingState.RUNNING], ended_at=None)
                | Q(state__in=[MeetingState.CLOSED, MeetingState.CANCELLED], ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="meeting_by_start"),
            models.Index(fields=["unit", "-starts_at"], name="meeting_of_unit"),
            models.Index(fields=["series", "starts_at"], name="meeting_of_series"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """When it is over as planned."""
        return self.starts_at + timedelta(minutes=self.duration_min)


class MeetingFeed(models.Model):
    """The secret address of a person's calendar of meetings; ``digest`` of the secret is all that is kept."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
