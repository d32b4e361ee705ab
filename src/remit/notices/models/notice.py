"""Something that a person is told."""

from django.db import models
from django.db.models import Q

from remit.org.models import Person


class Notice(models.Model):
    """A sentence for one person. Kept as a message and its fields, said in the reader's language."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = models.TextField()  # an English message with %(field)s
    fields = models.JSONField(default=dict)
    subject = models.CharField(max_length=80, blank=True)  # a Ref: what it is about
    key = models.CharField(max_length=120, blank=True)  # the caller's: told once, however often it is called
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_notice_per_person_and_key", fields=["person", "key"], condition=~Q(key="")
            ),
        ]
        indexes = [
            models.Index(fields=["person", "id"], name="notice_by_person"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None)),
        ]
