"""One message on its way: an e-mail, or what a robot posts."""

from django.db import models
from django.db.models import Q

from remit.org.models import Person, Unit

from ..enums import Way


class Letter(models.Model):
    """The queue of messages: a row outlives a crash.

    Written to a person, or to a unit by its team robot. A worker holds it until ``held_until``; ``sent_at``
    or ``given_up_at`` ends it. Each try carries the same ``message_id``, so that a try repeated after a crash
    is recognised by the receiving side. ``address``: one to which it goes too, such as a former one.
    """

    way = models.CharField(max_length=12, choices=Way, default=Way.MAIL)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_to_a_person_or_a_unit",
                condition=Q(~Q(way=Way.TEAM), person__isnull=False, unit=None)
                | Q(way=Way.TEAM, person=None, unit__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="letter_to_send", condition=Q(sent_at=None, given_up_at=None)
            ),
        ]

    @property
    def message_id(self) -> str:
        return f"letter-{self.pk}-{self.made_at:%Y%m%d%H%M%S}"
