"""Who has to sign, and who did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Position, Unit

from ..enums import Decision, StepState
from .request import Content, Round


class Step(models.Model):
    """A signature that a clause asks for: of the holders of ``position`` in ``place``, or of a ``role``.

    ``clause``: its code in the round's version. ``due_at``: after that moment those who stand above may sign.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="steps")
    clause = models.CharField(max_length=20)
    stage = models.PositiveSmallIntegerField()
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    need = models.PositiveSmallIntegerField(default=1)
    days = models.PositiveSmallIntegerField(default=3)
    is_arbiter = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=StepState, default=StepState.WAITING)
    opened_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="step_is_of_a_position_or_a_role",
                condition=Q(position__isnull=False, place__isnull=False, role="")
                | Q(position__isnull=True, place__isnull=True) & ~Q(role=""),
            ),
            models.CheckConstraint(
                name="open_step_has_a_deadline",
                condition=~Q(state=StepState.OPEN) | Q(opened_at__isnull=False, due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="step_open", condition=Q(state=StepState.OPEN)),
        ]


class Signature(models.Model):
    """One person's decision on exactly one content; ``principal`` for whom they sign, often themselves."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="signatures")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    signer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    principal = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_is_not_approved_has_a_reason",
                condition=Q(decision=Decision.APPROVE) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["signer", "-at"], name="signature_of_person")]


class Part(models.Model):
    """Somebody had a part in a round: it is their own, or they signed, or somebody signed for them. Once."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signature = models.ForeignKey(
        Signature, models.CASCADE, null=True, related_name="+"
    )  # none: author or owner

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_part_per_person_and_round", fields=["round", "person"]),
        ]
