"""Where a company sells."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.org.models import Unit

from ..enums import OutletKind


class Outlet(models.Model):
    """A place of sale. ``company`` keeps its books; ``unit`` (the company or a region of it) runs it today.

    ``unit`` and ``region`` repeat the newest :class:`Placing`; earlier ones keep past figures in the
    regions they were made in.
    """

    company = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=80)
    name = models.CharField(_("name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OutletKind, default=OutletKind.STORE)
    region = models.CharField(_("region"), max_length=80, blank=True)
    area_m2 = models.DecimalField(
        _("floor area (m²)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    described = models.BooleanField(_("described"), default=False)
    published = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_outlet_per_code", fields=["company", "code"]),
            models.CheckConstraint(
                name="outlet_area_is_positive",
                condition=models.Q(area_m2__isnull=True) | models.Q(area_m2__gt=0),
            ),
            models.CheckConstraint(name="outlet_kind_known", condition=models.Q(kind__in=OutletKind.values)),
        ]
        indexes = [models.Index(fields=["unit"], name="outlet_by_unit")]

    def __str__(self) -> str:
        return self.name or self.code
