"""Send what is due: each notice in one letter for each of its ways, each letter until it is out."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from remit.audit.actions import record
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day

from .. import events
from ..deciding import IMMEDIATELY, NONE, Wishes, after_quiet, wait_after
from ..enums import Way
from ..models import Dispatch, Letter, TeamRobot
from ..queries.preferences import wishes_of, wishes_of_team
from .sending import hand_over

HOLD = timedelta(minutes=5)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Letters sent, and letters that will be tried again or were given up."""

    sent: int
    failed: int


def send_due(*, at: datetime, clock: Callable[[], datetime] | None = None) -> Outcome:
    """Put what is due into letters, one a person or team and way, and send every letter that is due.

    May be killed at any point: a letter that was not sent is still due. One that was handed over just before
    the crash is handed over again with the same id: at least once, never lost. ``clock``: the time after a
    long send.
    """
    _write_letters(at)
    sent = failed = 0
    due = Letter.objects.filter(due_at__lte=at, sent_at=None, given_up_at=None)
    # In the order of the ways, so that a robot that does not answer keeps no e-mail waiting.
    for pk in due.order_by("way", "due_at", "id").values_list("pk", flat=True):
        letter = _hold(pk, at)
        if letter is None:
            continue
        try:
            hand_over(letter, clock() if clock else at)
        except Exception as error:  # whatever the other side or a library raises, the next letter goes out
            log.warning("Letter %s was not sent: %s", letter.pk, error)
            _note_failure(letter, error, clock() if clock else at)
            failed += 1
        else:
            Letter.objects.filter(pk=letter.pk).update(sent_at=clock() if clock else at, error="")
            sent += 1
    return Outcome(sent, failed)


def _write_letters(at: datetime) -> None:
    waiting = Dispatch.objects.filter(due_at__lte=at, letter=None)
    personal = waiting.filter(unit=None).values_list("way", "notice__person")
    for way, person in personal.distinct().order_by("way", "notice__person"):
        _write_to_person(waiting.filter(way=way, notice__person=person), way, person, at)
    for unit in waiting.exclude(unit=None).values_list("unit", flat=True).distinct().order_by("unit"):
        _write_to_team(waiting.filter(unit=unit), unit, at)


@transaction.atomic
def _write_to_person(waiting: QuerySet[Dispatch], way: str, pk: int, at: datetime) -> None:
    person = Person.objects.select_for_update().get(pk=pk)
    wishes = wishes_of(person, company_day(at)).get(way) if person.is_active else None
    if _is_time(waiting, wishes, at):
        waiting.update(letter=Letter.objects.create(way=way, person=person, made_at=at, due_at=at))


@transaction.atomic
def _write_to_team(waiting: QuerySet[Dispatch], pk: int, at: datetime) -> None:
    unit = Unit.objects.select_for_update().get(pk=pk)
    team = TeamRobot.objects.filter(unit=unit).first()
    if _is_time(waiting, wishes_of_team(team, company_day(at)) if team else None, at):
        waiting.update(letter=Letter.objects.create(way=Way.TEAM, unit=unit, made_at=at, due_at=at))


def _is_time(waiting: QuerySet[Dispatch], wishes: Wishes | None, at: datetime) -> bool:
    """Whether a letter is to be written now; what is not wanted any more is dropped, what is early waits."""
    if wishes is None or wishes.pace == NONE:
        waiting.delete()
        return False
    # A daily letter comes at the hour that was chosen for it, quiet or not.
    later = after_quiet(wishes, at) if wishes.pace == IMMEDIATELY else at
    if later > at:
        waiting.update(due_at=later)
        return False
    return waiting.exists()


@transaction.atomic
def _hold(pk: int, at: datetime) -> Letter | None:
    """Take a letter for five minutes, in which no other worker sends it; none when another has it."""
    free = Q(held_until=None) | Q(held_until__lte=at)
    letters = Letter.objects.select_for_update().filter(free, pk=pk, sent_at=None, given_up_at=None)
    letter = letters.first()
    if letter is not None:
        letter.held_until, letter.attempts = at + HOLD, letter.attempts + 1
        letter.save(update_fields=["held_until", "attempts"])
    return letter


@transaction.atomic
def _note_failure(letter: Letter, error: Exception, at: datetime) -> None:
    wait = wait_after(letter.attempts)
    said_error = f"{type(error).__name__}: {error}"[:300]
    if wait is not None:
        Letter.objects.filter(pk=letter.pk).update(due_at=at + wait, held_until=None, error=said_error)
        return
    Letter.objects.filter(pk=letter.pk).update(given_up_at=at, held_until=None, error=said_error)
    fields = {"letter": letter.pk, "way": letter.way, "attempts": letter.attempts, "error": said_error}
    record(events.LETTER_GIVEN_UP, letter.person or letter.unit, by=None, at=at, fields=fields)
