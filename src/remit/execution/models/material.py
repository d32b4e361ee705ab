"""What campaigns hand out, hang up and send, how much of it there is, and who needs it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.org.models import Person, Unit
from remit.planning.models import Plan


class Material(models.Model):
    """A material of a unit (H4.2.3). ``stock``: pieces that are there; ``ready_on``: none when ready."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    code = models.SlugField(_("code"), max_length=40, allow_unicode=True)
    title = models.CharField(_("title"), max_length=120)
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who keeps it"))
    stock = models.PositiveIntegerField(_("pieces in stock"), default=0)
    ready_on = models.DateField(_("ready on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_material_per_code", fields=["unit", "code"])]

    def __str__(self) -> str:
        return self.title


class MaterialNeed(models.Model):
    """A plan needs so many pieces from its first day on."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    material = models.ForeignKey(Material, models.PROTECT, related_name="needs")
    pieces = models.PositiveIntegerField(_("pieces"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_need_a_material", fields=["plan", "material"]),
            models.CheckConstraint(name="a_need_is_for_something", condition=Q(pieces__gte=1)),
        ]
