"""What shows that a duty was done, and what the accountable said to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.files.models import StoredFile
from remit.org.models import Person

from ..enums import EvidenceKind
from .occurrence import Occurrence


class Evidence(models.Model):
    """One piece: a file, a note, a link, or a thing in the system (a Ref)."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=8, choices=EvidenceKind)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("text"), blank=True)  # the note, or the link's address
    thing = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_is_of_its_kind",
                condition=Q(kind=EvidenceKind.FILE, file__isnull=False)
                | Q(kind=EvidenceKind.THING, file__isnull=True) & ~Q(thing="")
                | Q(kind__in=[EvidenceKind.NOTE, EvidenceKind.LINK], file__isnull=True) & ~Q(text=""),
            ),
        ]


class Submission(models.Model):
    """Somebody says that it is done."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="submissions")
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Review(models.Model):
    """The accountable accepted a submission, or returned it with a reason; once."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="review")
    is_accepted = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="returned_with_a_reason", condition=Q(is_accepted=True) | ~Q(reason="")
            ),
        ]


class Sighting(models.Model):
    """The system saw evidence happen: offered to the person, never closed silently."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="sightings")
    thing = models.CharField(max_length=80)  # a Ref
    event = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_sighting_per_thing", fields=["occurrence", "thing", "event"]),
        ]
