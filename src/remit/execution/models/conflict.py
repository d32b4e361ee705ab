"""Where goals, people, money, stock and audiences pull against each other, and what was decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit

from ..enums import ClashKind, ConflictState


class Conflict(models.Model):
    """Found (``key`` says what, ``facts`` its figures), or logged by hand (``by``, ``title``).

    ``things``: references of what it is about. ``lapsed_at``: the finder no longer finds it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=10, choices=ClashKind)
    key = models.CharField(max_length=160, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    note = models.TextField(_("what pulls apart"), max_length=1000, blank=True)
    facts = models.JSONField(default=dict)
    things = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=8, choices=ConflictState, default=ConflictState.OPEN)
    decider = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who decides")
    )
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # none: found
    found_at = models.DateTimeField()
    decision = models.TextField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    consequence = models.TextField(max_length=1000, blank=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_conflict_a_key",
                fields=["key"],
                condition=Q(state=ConflictState.OPEN) & ~Q(key=""),
            ),
            models.CheckConstraint(
                name="a_conflict_is_found_or_logged",
                condition=Q(by__isnull=True) & ~Q(key="") | Q(by__isnull=False, key="") & ~Q(title=""),
            ),
            models.CheckConstraint(
                name="a_decision_has_a_decider",
                condition=~Q(state=ConflictState.DECIDED)
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision=""),
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="conflict_of_unit")]

    def __str__(self) -> str:
        return self.title or self.key


class ConflictOption(models.Model):
    """One way out that somebody sees."""

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="options")
    text = models.CharField(max_length=400)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    chosen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_option_is_chosen", fields=["conflict"], condition=Q(chosen=True)
            ),
        ]
