"""Who could take a key position over (H5.5.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Readiness
from .person import Person
from .position import Position
from .unit import Unit


class Successor(models.Model):
    """A person who could take over a position in a unit; ``order`` 1 is the first choice."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="successors")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="successors")
    person = models.ForeignKey(Person, models.CASCADE, related_name="successions")
    readiness = models.CharField(_("readiness"), max_length=10, choices=Readiness)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="successor_once_per_post", fields=["position", "unit", "person"]),
        ]
