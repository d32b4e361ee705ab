"""Units of the organisation, a tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from remit.core.text import Text

from ..enums import Structure


class Unit(MP_Node):
    """A part of the organisation. A company keeps books: facts carry its id."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    structure = models.CharField(
        _("structure"), max_length=20, choices=Structure, default=Structure.CENTRALISED
    )
    region = models.CharField(_("region"), max_length=80, blank=True)
    is_company = models.BooleanField(_("keeps books"), default=False)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    is_demonstration = models.BooleanField(_("demonstration configuration"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="company_has_currency",
                condition=models.Q(is_company=False) | ~models.Q(currency=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def title(self, language: str) -> str:
        return Text(self.name, self.name_en or self.name).say(language)


class UnitZone(models.Model):
    """The time zone of a unit from a day on; business dates follow from it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="zones")
    zone = models.CharField(max_length=60)
    starts_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_zone_per_unit_and_day", fields=["unit", "starts_on"]),
        ]
