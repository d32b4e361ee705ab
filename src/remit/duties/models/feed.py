"""What belongs to one person's day: the secret address of their calendar, and when they last looked."""

from django.db import models

from remit.org.models import Person


class CalendarFeed(models.Model):
    """Only the digest of the secret is kept; a new address makes the old one worthless."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()


class LastLook(models.Model):
    """``since``: the look before the present one, from which “what changed” is counted."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField(null=True)
    at = models.DateTimeField()
