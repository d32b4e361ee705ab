"""Notices in the reader's words, as far as the reader may still see what they are about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.ref import Ref
from remit.core.text import Text, day_in
from remit.org.models import Person

from ..models import Notice
from ..rules import notices_visible_to
from ..subjects import subject_for

A_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})( [0-9]{2}:[0-9]{2}.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A notice ready to be shown. ``hidden``: its subject is out of sight now, so it says nothing of it."""

    id: int
    sentence: str
    url: str
    at: datetime
    is_read: bool
    hidden: bool = False


def said(notices: Iterable[Notice], person: Person) -> list[Said]:
    """Each notice as this person may read it now; ``notices`` are this person's."""
    return [_say(notice, person) for notice in notices]


def unread_count(person: Person) -> int:
    """How many notices wait; one query, for the bell on every page."""
    return notices_visible_to(person).filter(read_at=None).count()


def _say(notice: Notice, person: Person) -> Said:
    subject = subject_for(person, Ref.parse(notice.subject)) if notice.subject else None
    is_read = notice.read_at is not None
    if notice.subject and subject is None:
        sentence = _("This was about something that you cannot see any more.")
        return Said(notice.pk, sentence, "", notice.at, is_read, hidden=True)
    values = {name: _spoken(value) for name, value in notice.fields.items()}
    values["subject"] = subject.title if subject else ""
    return Said(notice.pk, _(notice.text) % values, subject.url if subject else "", notice.at, is_read)


def _spoken(value: object) -> object:
    """A field as the reader calls it: a title was kept in both languages, a day as ``2026-11-27``."""
    language = get_language() or "zh-hant"
    if isinstance(value, dict):
        return Text(value["zh"], value["en"]).say(language)
    if isinstance(value, str) and (found := A_DAY.fullmatch(value)):
        try:
            day = date.fromisoformat(found[1])
        except ValueError:  # looks like a day, and is none
            return value
        return day_in(day, language) + (found[2] or "")
    return value
