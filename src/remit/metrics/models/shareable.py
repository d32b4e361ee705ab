"""What belongs to a person and may be shown to others."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit


class Shareable(models.Model):
    """Its owner's only, or shared: with the people of a unit, or with everybody where no unit is named.

    Whoever looks at it sees the figures of their own scope. A unit is protected, so that what was shared with
    a part never becomes everybody's because that part is gone.
    """

    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("shared"), default=False)
    shared_with = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(class)s_unit_only_if_shared", condition=Q(is_shared=True) | Q(shared_with=None)
            ),
        )

    @property
    def audience(self) -> dict[str, Any]:
        """With whom it is shared, as the record keeps it."""
        return {"is_shared": self.is_shared, "shared_with": self.shared_with and self.shared_with.code}
