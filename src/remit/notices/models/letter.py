"""One e-mail on its way."""

from django.db import models
from django.db.models import Q

from remit.org.models import Person


class Letter(models.Model):
    """The queue of e-mails: a row outlives a crash.

    A worker holds it until ``held_until``; ``sent_at`` or ``given_up_at`` ends it. Each try carries the same
    Message-ID, so that a try repeated after a crash is recognised by the receiving side.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="letter_to_send", condition=Q(sent_at=None, given_up_at=None)
            ),
        ]
