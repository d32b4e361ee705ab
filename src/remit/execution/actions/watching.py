"""Watch the triggers of risks."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from remit.audit.models import Event
from remit.org.queries.today import company_day

from ..models import Risk
from ..queries.risks import due_by_date, due_by_event, due_by_figure, to_review
from ..risk_rules import trigger_words
from .risk import NotWatched, fire_risk, remind_of_review


def watch(*, at: datetime) -> dict[str, int]:
    """Fire what its day or its figure fires, each in its own transaction; remind of reviews. Repeatable."""
    on = company_day(at)
    fired = 0
    for risk in due_by_date(on):
        fired += _fire(risk, at)
    for risk in due_by_figure():
        fired += _fire(risk, at)
    due = list(to_review(on))
    for risk in due:
        remind_of_review(risk=risk, at=at)
    return {"fired": fired, "to_review": len(due)}


def fire_by_event(*, event: Event, at: datetime) -> None:
    """Fire the risks that wait for what was recorded."""
    for risk in due_by_event(event):
        _fire(risk, at)


def _fire(risk: Risk, at: datetime) -> bool:
    # What is stored for all to read is said in the language of the handbook.
    with translation.override("zh-hant"), transaction.atomic():
        try:
            fire_risk(risk=risk, reason=trigger_words(risk), by=None, at=at)
        except NotWatched:  # somebody was faster
            return False
    return True
