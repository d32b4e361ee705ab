"""A file that somebody uploaded or that the system made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Kind


class StoredFile(models.Model):
    """One file as somebody knows it; several may share one content (``sha256``)."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(_("name"), max_length=200)
    size = models.BigIntegerField(_("size"))  # bytes
    media_type = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind)
    owner = models.CharField(max_length=80)  # a Ref, such as person:7; empty for the system
    scope = models.CharField(max_length=80, blank=True)  # a Ref, such as unit:3; empty: the owner's alone
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="file_size_is_not_negative", condition=models.Q(size__gte=0)),
        ]
        indexes = [
            models.Index(fields=["owner", "id"], name="file_by_owner"),
            models.Index(fields=["scope", "id"], name="file_by_scope"),
            models.Index(fields=["gone_at", "expires_at"], name="file_to_expire"),
        ]

    def __str__(self) -> str:
        return self.name
