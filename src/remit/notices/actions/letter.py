"""Send what is due by e-mail: each notice in one letter, each letter until it is out."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..deciding import after_quiet, wait_after
from ..enums import Mail
from ..models import Letter, Notice
from ..queries.preferences import wishes_of
from ..queries.saying import Said, said

HOLD = timedelta(minutes=5)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Letters sent, and letters that will be tried again or were given up."""

    sent: int
    failed: int


def send_due(*, at: datetime, clock: Callable[[], datetime] | None = None) -> Outcome:
    """Put what is due into letters, one a person, and send every letter that is due.

    May be killed at any point: a letter that was not sent is still due. One that was handed over just before
    the crash is handed over again with the same Message-ID. ``clock``: the time after a long send.
    """
    _write_letters(at)
    sent = failed = 0
    due = Letter.objects.filter(due_at__lte=at, sent_at=None, given_up_at=None)
    for pk in due.order_by("due_at", "id").values_list("pk", flat=True):
        letter = _hold(pk, at)
        if letter is None:
            continue
        try:
            _hand_over(letter)
        except Exception as error:  # whatever the mail server or its library raises, the next letter goes out
            log.warning("Letter %s was not sent: %s", letter.pk, error)
            _note_failure(letter, error, clock() if clock else at)
            failed += 1
        else:
            Letter.objects.filter(pk=letter.pk).update(sent_at=clock() if clock else at, error="")
            sent += 1
    return Outcome(sent, failed)


def _write_letters(at: datetime) -> None:
    waiting = Q(mail_due_at__lte=at, letter=None)
    for pk in Notice.objects.filter(waiting).values_list("person", flat=True).distinct():
        with transaction.atomic():
            person = Person.objects.select_for_update().get(pk=pk)
            notices = Notice.objects.filter(waiting, person=person)
            wishes = wishes_of(person, at.date())
            # A daily letter comes at the hour that was chosen for it, quiet or not.
            later = after_quiet(wishes, at) if wishes.mail == Mail.IMMEDIATELY else at
            if not person.is_active or wishes.mail == Mail.NONE:
                notices.update(mail_due_at=None)
            elif later > at:
                notices.update(mail_due_at=later)
            elif notices.exists():
                notices.update(letter=Letter.objects.create(person=person, made_at=at, due_at=at))


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


def _hand_over(letter: Letter) -> None:
    person = letter.person
    if not person.is_active:
        return
    with translation.override(person.language or settings.LANGUAGE_CODE):
        notices = letter.notices.filter(read_at=None).order_by("id")
        shown = [one for one in said(notices, person) if not one.hidden]
        if shown:
            _message(letter, person, shown).send()


def _message(letter: Letter, person: Person, shown: list[Said]) -> EmailMultiAlternatives:
    subject = (
        shown[0].sentence
        if len(shown) == 1
        else ngettext("%(count)s notice", "%(count)s notices", len(shown)) % {"count": len(shown)}
    )
    context = {"person": person, "notices": shown, "address": settings.ADDRESS.rstrip("/")}
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    message = EmailMultiAlternatives(
        subject=_("[Remit] %s") % " ".join(subject.split())[:150],
        body=render_to_string("notices/letter.txt", context),
        to=[person.email],
        headers={"Message-ID": f"<letter-{letter.pk}-{letter.made_at:%Y%m%d%H%M%S}@{host}>"},
    )
    message.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    return message


@transaction.atomic
def _note_failure(letter: Letter, error: Exception, at: datetime) -> None:
    wait = wait_after(letter.attempts)
    said_error = f"{type(error).__name__}: {error}"[:300]
    if wait is not None:
        Letter.objects.filter(pk=letter.pk).update(due_at=at + wait, held_until=None, error=said_error)
        return
    Letter.objects.filter(pk=letter.pk).update(given_up_at=at, held_until=None, error=said_error)
    fields = {"letter": letter.pk, "attempts": letter.attempts, "error": said_error}
    record(events.LETTER_GIVEN_UP, letter.person, by=None, at=at, fields=fields)
