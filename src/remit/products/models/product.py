"""What a company sells."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.org.models import Unit

from ..enums import SoldBy


class Product(models.Model):
    """A product of one company, known by the company's own code.

    A product that facts name before any product list does is a stub: ``described`` is false.
    ``published`` is false while the lake has not yet seen the row as it stands.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=80)
    name = models.CharField(_("name"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)
    category = models.CharField(_("category"), max_length=120, blank=True)
    product_type = models.CharField(_("product type"), max_length=120, blank=True)
    brand = models.CharField(_("brand"), max_length=120, blank=True)
    maker = models.CharField(_("maker"), max_length=120, blank=True)
    package = models.CharField(_("package"), max_length=80, blank=True)
    sold_by = models.CharField(_("sold by"), max_length=10, choices=SoldBy, blank=True)
    described = models.BooleanField(_("described"), default=False)
    published = models.BooleanField(default=False)
    import_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_product_per_code", fields=["unit", "code"]),
            models.CheckConstraint(
                name="product_sold_by_known", condition=models.Q(sold_by__in=["", *SoldBy.values])
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "department", "category"], name="product_by_category"),
            models.Index(fields=["id"], name="product_to_publish", condition=models.Q(published=False)),
        ]

    def __str__(self) -> str:
        return self.name or self.code
