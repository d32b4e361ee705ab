"""Somebody asks for something about one subject."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.core.ref import Ref
from remit.org.models import Person, Unit

from ..enums import RequestState
from .policy import PolicyVersion


class Content(models.Model):
    """What is signed, as canonical JSON, kept by its SHA-256. Never edited."""

    digest = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()


class Request(models.Model):
    """``subject``: a Ref. ``title``: of the subject when it was last submitted.

    ``asks_green``: the author asks for the green channel, for ``green_reason``. One request per kind and
    subject is alive at a time; a refused one is final.
    """

    kind = models.SlugField(_("kind"), max_length=40)
    subject = models.CharField(max_length=80)
    title = models.CharField(_("title"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.DRAFT)
    asks_green = models.BooleanField(_("green channel"), default=False)
    green_reason = models.CharField(_("why it cannot wait"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_living_request_per_subject",
                fields=["kind", "subject"],
                condition=~Q(state=RequestState.REFUSED),
            ),
            models.CheckConstraint(
                name="green_channel_has_a_reason", condition=Q(asks_green=False) | ~Q(green_reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-changed_at"], name="request_by_state"),
            models.Index(fields=["unit", "-changed_at"], name="request_of_unit"),
            models.Index(fields=["author", "-changed_at"], name="request_of_author"),
            models.Index(fields=["subject"], name="request_of_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """What it is about."""
        return Ref.parse(self.subject)


class Round(models.Model):
    """One submission: the facts it was judged on, the content that is signed, and how it ended.

    ``outcome`` is empty while it is being signed.
    """

    request = models.ForeignKey(Request, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    is_green = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=RequestState, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_round_per_number", fields=["request", "number"]),
            models.UniqueConstraint(
                name="one_open_round_per_request", fields=["request"], condition=Q(outcome="")
            ),
            models.CheckConstraint(
                name="ended_round_has_a_time",
                condition=Q(outcome="", ended_at__isnull=True) | ~Q(outcome="") & Q(ended_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["at"], name="round_by_time")]
