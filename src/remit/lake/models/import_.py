"""One file on its way into one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remit.core.text import Text
from remit.files.models import StoredFile
from remit.jobs.models import Job
from remit.org.models import Person, Unit

from ..enums import ImportState


class Import(models.Model):
    """A file, a table and a mapping: the same three again are the same import.

    ``attempt`` counts what was sent to the lake under this import: the file, then rows put right, then
    the file again after it was undone. ``replaying``: the current attempt is about rows put right.
    ``runner`` is the process that works on it (host:pid:nonce), empty for none. Rows: ``read`` =
    ``loaded`` + ``skipped`` (there already, or said twice) + ``left_out``; ``blank`` come besides.
    """

    table = models.CharField(_("table"), max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("company"))
    name = models.CharField(_("file"), max_length=200)
    path = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    size = models.BigIntegerField(_("size"))  # bytes
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField()
    mapping_hash = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.WAITING)
    attempt = models.PositiveIntegerField(default=1)
    replaying = models.BooleanField(default=False)
    runner = models.CharField(max_length=120, blank=True)
    beat_at = models.DateTimeField(null=True)
    job = models.ForeignKey(Job, models.SET_NULL, related_name="+", null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    read = models.BigIntegerField(_("read"), default=0)
    loaded = models.BigIntegerField(_("loaded"), default=0)
    skipped = models.BigIntegerField(_("already there"), default=0)
    left_out = models.BigIntegerField(_("left out"), default=0)
    blank = models.BigIntegerField(_("blank"), default=0)
    staged = models.JSONField(default=dict)  # what the current attempt has made and not yet accounted for
    version = models.BigIntegerField(null=True)  # of the lake's table, after the commit
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    found = models.JSONField(default=dict)  # columns, encoding, delimiter, sheet as they were found
    notes = models.JSONField(default=list)  # [zh-Hant, English] each
    error = models.JSONField(default=list)  # [zh-Hant, English], or empty
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_import_per_file_and_mapping", fields=["unit", "table", "sha256", "mapping_hash"]
            ),
            models.CheckConstraint(
                name="import_state_known", condition=models.Q(state__in=ImportState.values)
            ),
            models.CheckConstraint(name="import_has_an_attempt", condition=models.Q(attempt__gte=1)),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="import_by_unit"),
            models.Index(fields=["table", "state"], name="import_by_table"),
        ]

    def __str__(self) -> str:
        return self.name

    def error_text(self, language: str) -> str:
        """Why it failed, in a language; empty when it did not."""
        return Text(*self.error).say(language) if self.error else ""

    def note_texts(self, language: str) -> list[str]:
        """What was found about the file, in a language."""
        return [Text(*note).say(language) for note in self.notes]
