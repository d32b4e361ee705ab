"""Tell people something."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_noop

from remit.audit.actions import record
from remit.audit.actions.event import ref_text
from remit.audit.chain import plain
from remit.core.ref import Ref
from remit.core.text import Text
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day

from .. import events
from ..deciding import NONE, Wishes, due
from ..enums import Way
from ..models import Dispatch, Letter, Notice
from ..queries.preferences import wishes_of, wishes_of_team
from ..queries.robots import teams_of
from ..rules import notices_visible_to

TEST = gettext_noop("This is a test: notices reach you this way.")


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
    ``%(subject)s`` for the title. A field that is a person, a unit or another row with a title is named in
    the reader's language. Without a subject everybody told may read it, and the robot of their team
    says it to the team; with one, it is said, mailed and posted only to who may see the subject at that
    moment. ``key``: the same key tells a person once only.
    """
    told = {person.pk: person for person in people if person.is_active}
    notices = _give(told, text, at, by=by, fields=fields, subject=subject, key=key)
    _put_on_ways(notices, told, at)
    return notices


@transaction.atomic
def send_test(*, person: Person, by: Person, at: datetime) -> list[Letter]:
    """Tell a person by each of their ways that it works: at any hour, at most once a minute."""
    notices = _give({person.pk: person}, TEST, at, by=by, key=f"test-{at:%Y%m%d%H%M}")
    letters = []
    for notice in notices:
        for way, wishes in wishes_of(person, company_day(at)).items():
            if wishes.pace != NONE:
                letter = Letter.objects.create(way=way, person=person, made_at=at, due_at=at)
                Dispatch.objects.create(notice=notice, way=way, due_at=at, letter=letter)
                letters.append(letter)
    return letters


def _give(
    told: dict[int, Person],
    text: str,
    at: datetime,
    *,
    by: Person | None,
    fields: Mapping[str, object] | None = None,
    subject: Ref | models.Model | None = None,
    key: str = "",
) -> list[Notice]:
    """In the product. Who was told by the key already is taken out of ``told``."""
    values = plain({name: _named(value) for name, value in (fields or {}).items()})
    try:
        _filled = text % {**values, "subject": ""}
    except (KeyError, ValueError, TypeError) as error:
        raise UnfilledSentence(f"The notice {text!r} lacks {error}.") from error
    if key:
        known = Notice.objects.filter(key=key, person__in=told).values_list("person", flat=True)
        for pk in list(known):
            del told[pk]
    about = ref_text(subject)
    notices = [
        Notice(person=person, text=text, fields=values, subject=about, key=key, at=at)
        for person in told.values()
    ]
    # Two callers with one key at once: the second insert of the pair is dropped by the constraint.
    Notice.objects.bulk_create(notices, ignore_conflicts=bool(key))
    if notices:
        given = {"count": len(told), "people": sorted(told), "text": text}
        record(events.NOTICE_GIVEN, subject, by=by, at=at, fields=given)
    return list(Notice.objects.filter(key=key, person__in=told)) if key else notices


def _named(value: object) -> object:
    """A row by its title, and a text, in both languages: who reads it chooses."""
    if isinstance(value, Text):
        return {"zh": value.zh_hant, "en": value.en}
    if isinstance(value, models.Model):
        return {"zh": value.title("zh-hant"), "en": value.title("en")}  # type: ignore[attr-defined]  # AttributeError for a row without a title
    return value


def _put_on_ways(notices: Sequence[Notice], told: Mapping[int, Person], at: datetime) -> None:
    """Each notice on the ways of its person and of their teams, due as each of them wishes."""
    on = company_day(at)
    teams = teams_of(told.values(), on)
    dispatches = []
    for notice in notices:
        person = told[notice.person_id]
        ways: list[tuple[str, Unit | None, Wishes]]
        ways = [(way, None, wishes) for way, wishes in wishes_of(person, on).items()]
        ways += [(Way.TEAM, team.unit, wishes_of_team(team, on)) for team in teams.get(person.pk, ())]
        for way, unit, wishes in ways:
            if when := due(wishes, at):
                dispatches.append(Dispatch(notice=notice, way=way, unit=unit, due_at=when))
    # As with notices: what another caller put on its way at the same time is not put there again.
    Dispatch.objects.bulk_create(dispatches, ignore_conflicts=True)


@transaction.atomic
def read(*, by: Person, at: datetime, notices: Iterable[int] | None = None) -> int:
    """Mark one's own notices (ids; all when none are named) as read; return how many were not.

    Not in the record: that somebody has read is theirs, and nothing follows from it.
    """
    unread = notices_visible_to(by).filter(read_at=None)
    if notices is not None:
        unread = unread.filter(pk__in=list(notices))
    return unread.update(read_at=at)
