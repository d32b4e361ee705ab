"""A mapping kept for the next file of the same kind."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.org.models import Unit


class MappingTemplate(models.Model):
    """Kept per company and table under a name; ``mapping`` is what ``reading.mapping.plain`` gives."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    table = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    mapping = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_template_per_name", fields=["unit", "table", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
