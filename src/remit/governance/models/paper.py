"""Documents that clauses ask for."""

from django.db import models
from django.db.models import Q

from remit.files.models import StoredFile
from remit.org.models import Person

from .request import Request


class Paper(models.Model):
    """A document of a request, by the code under which clauses ask for it: a file, or a thing (a Ref).

    Given before submission it is part of what is signed. On the green channel it may be owed: then it has a
    ``due_at``, and is given when ``given_at`` is set.
    """

    request = models.ForeignKey(Request, models.CASCADE, related_name="papers")
    code = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    thing = models.CharField(max_length=80, blank=True)
    due_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)  # when people were told
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_paper_per_code", fields=["request", "code"]),
            models.CheckConstraint(
                name="paper_is_given_or_owed",
                condition=Q(given_at__isnull=False, given_by__isnull=False)
                & (Q(file__isnull=False, thing="") | Q(file__isnull=True) & ~Q(thing=""))
                | Q(given_at__isnull=True, file__isnull=True, thing="", due_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="paper_owed", condition=Q(given_at__isnull=True)),
        ]
