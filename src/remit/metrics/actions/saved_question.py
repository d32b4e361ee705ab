"""Saved questions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Unit

from .. import events
from ..models import SavedQuestion
from ..queries.definitions import catalogue
from ..saved import read_saved


class QuestionNeedsTitle(ValueError):
    """A saved question is found again by its title."""


@transaction.atomic
def save_question(
    *,
    title: str,
    question: Mapping[str, Any],
    by: Person,
    at: datetime,
    is_shared: bool = False,
    shared_with: Unit | None = None,
) -> SavedQuestion:
    """Keep a question under a title of one's own; the same title again replaces it.

    Raise QuestionNeedsTitle, UnreadableQuestion.
    """
    if not (title := title.strip()[:120]):
        raise QuestionNeedsTitle(_("Give the question a title."))
    kept = read_saved(question, catalogue())
    saved, _made = SavedQuestion.objects.update_or_create(
        owner=by,
        title=title,
        defaults={"question": kept, "is_shared": is_shared, "shared_with": shared_with, "made_at": at},
    )
    fields = {"title": title, "question": str(kept), **saved.audience}
    record(events.QUESTION_SAVED, saved, by=by, at=at, fields=fields)
    return saved


@transaction.atomic
def remove_question(*, saved: SavedQuestion, by: Person, at: datetime) -> None:
    """Forget a saved question."""
    record(events.QUESTION_REMOVED, saved, by=by, at=at, fields={"title": saved.title})
    SavedQuestion.objects.filter(pk=saved.pk).delete()
