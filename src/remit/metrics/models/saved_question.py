"""Questions that a person wants to ask again."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .shareable import Shareable


class SavedQuestion(Shareable):
    """A named question without a scope."""

    title = models.CharField(_("title"), max_length=120)
    question: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    made_at = models.DateTimeField()

    class Meta(Shareable.Meta):
        constraints = (
            *Shareable.Meta.constraints,
            models.UniqueConstraint(name="one_saved_question_per_title", fields=["owner", "title"]),
        )

    def __str__(self) -> str:
        return self.title
