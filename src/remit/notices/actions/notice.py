"""Tell people something."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models, transaction

from remit.audit.actions import record
from remit.audit.actions.event import ref_text
from remit.audit.chain import plain
from remit.core.ref import Ref
from remit.org.models import Person

from .. import events
from ..deciding import mail_due
from ..models import Notice
from ..queries.preferences import wishes_of
from ..rules import notices_visible_to


class UnfilledSentence(ValueError):
    """The sentence names a field that was not given."""


@transaction.atomic
def notify(
    *,
    people: Iterable[Person],
    text: str,
    at: datetime,
    by: Person | None = None,
    fields: Mapping[str, object] | None = None,
    subject: Ref | models.Model | None = None,
    key: str = "",
) -> list[Notice]:
    """Tell each person, and return the new notices.

    ``text``: an English message marked with gettext_noop, with ``%(field)s`` for ``fields`` and, if wanted,
    ``%(subject)s`` for the title. Without a subject everybody told may read it; with one, it is said, and
    mailed, only to who may see the subject at that moment. ``key``: the same key tells a person once only.
    """
    values = plain(fields or {})
    try:
        _filled = text % {**values, "subject": ""}
    except (KeyError, ValueError, TypeError) as error:
        raise UnfilledSentence(f"The notice {text!r} lacks {error}.") from error
    told = {person.pk: person for person in people if person.is_active}
    if key:
        known = Notice.objects.filter(key=key, person__in=told).values_list("person", flat=True)
        for pk in list(known):
            del told[pk]
    notices = [
        Notice(
            person=person,
            text=text,
            fields=values,
            subject=ref_text(subject),
            key=key,
            at=at,
            mail_due_at=mail_due(wishes_of(person, at.date()), at),
        )
        for person in told.values()
    ]
    # Two callers with one key at once: the second insert of the pair is dropped by the constraint.
    Notice.objects.bulk_create(notices, ignore_conflicts=bool(key))
    if notices:
        given = {"count": len(told), "people": sorted(told), "text": text}
        record(events.NOTICE_GIVEN, subject, by=by, at=at, fields=given)
    return list(Notice.objects.filter(key=key, person__in=told)) if key else notices


@transaction.atomic
def read(*, by: Person, at: datetime, notices: Iterable[int] | None = None) -> int:
    """Mark one's own notices (ids; all when none are named) as read; return how many were not.

    Not in the record: that somebody has read is theirs, and nothing follows from it.
    """
    unread = notices_visible_to(by).filter(read_at=None)
    if notices is not None:
        unread = unread.filter(pk__in=list(notices))
    return unread.update(read_at=at)
