"""What lets a page or a machine send events."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit

from ..enums import KeyKind

EVENTS_A_MINUTE = 6_000
EVENTS_A_MINUTE_MAX = 1_000_000
BATCH_EVENTS_MAX = 500


class WriteKey(models.Model):
    """Writes events of one company and reads nothing.

    The key of a web page stands in its source for everybody to read, so that it is no secret: it is kept in
    clear and bound to the origins of that page, and it makes no customers. The key of a server is a secret,
    of which only the digest is kept; no browser may use it. ``consent_needed``: only events for which the
    person has said yes are taken. A key is never changed back once it is disabled.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("company"))
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=KeyKind)
    digest = models.CharField(max_length=64, unique=True)
    shown = models.CharField(
        max_length=60, blank=True
    )  # the key of a web page; of a server its first letters
    origins = models.JSONField(_("origins"), default=list)
    events_a_minute = models.PositiveIntegerField(_("events a minute"), default=EVENTS_A_MINUTE)
    consent_needed = models.BooleanField(_("consent needed"), default=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    disabled_at = models.DateTimeField(_("disabled"), null=True)
    disabled_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="key_kind_known", condition=models.Q(kind__in=KeyKind.values)),
            models.CheckConstraint(
                name="key_takes_a_whole_batch",
                condition=models.Q(events_a_minute__range=(BATCH_EVENTS_MAX, EVENTS_A_MINUTE_MAX)),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="key_by_unit")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_browsers(self) -> bool:
        return self.kind == KeyKind.BROWSER
