"""A row that was left out, until somebody puts it right or gives it up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import RowState
from ..reading.problems import Problem
from .import_ import Import


class QuarantinedRow(models.Model):
    """``cells`` are the texts of the file's columns; ``corrected`` those that replace them, when some do.

    Only the first thousand of an import are rows here; all of them lie in its quarantine file.
    """

    import_row = models.ForeignKey(Import, models.CASCADE, related_name="quarantine")
    line = models.BigIntegerField(_("line"))
    cells = models.JSONField()
    problems = models.JSONField()
    corrected = models.JSONField(null=True)
    corrected_by = models.BigIntegerField(null=True)
    corrected_at = models.DateTimeField(null=True)
    state = models.CharField(_("state"), max_length=10, choices=RowState, default=RowState.OPEN)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="quarantine_state_known", condition=models.Q(state__in=RowState.values)
            ),
            models.CheckConstraint(
                name="corrected_row_has_its_cells",
                condition=~models.Q(state=RowState.CORRECTED) | models.Q(corrected__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["import_row", "state", "line"], name="quarantine_by_import")]

    def reasons(self, language: str) -> list[str]:
        """What is wrong, a sentence each."""
        table = self.import_row.table
        return [Problem(**problem).say(table, language) for problem in self.problems]

    @property
    def current(self) -> list[str | None]:
        """The cells as they would be loaded now."""
        cells: list[str | None] = self.cells if self.corrected is None else self.corrected
        return cells
