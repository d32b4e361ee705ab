"""Values of a person, apart from the chain, so that they can be erased."""

from django.db import models

from .event import Event


class PersonalValue(models.Model):
    """The salt and the value behind one digest in ``Event.personal``."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="personal_values")
    field = models.CharField(max_length=60)
    about = models.CharField(max_length=80)  # a Ref: whose data this is
    salt = models.CharField(max_length=32)
    value = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_value_per_field", fields=["event", "field"])]
        indexes = [models.Index(fields=["about"], name="personal_value_about")]
