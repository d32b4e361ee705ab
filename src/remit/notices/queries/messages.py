"""What robots say: to a person what they may read now, to a team how much waits."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from remit.org.models import Person, Unit

from ..models import Letter, Notice
from ..posting import Message
from .saying import Said, said

BYTES_MAX = 1_600  # WeCom takes 2,048 with the title and the last line
SENTENCE_MAX = 200


def waiting_in(letter: Letter) -> list[Notice]:
    """Notices of a letter that nobody has read yet, of people who are still here.

    In one that goes to a former address as well, those read too: another may have read them.
    """
    notices = Notice.objects.filter(dispatches__letter=letter, person__is_active=True)
    if not letter.address:
        notices = notices.filter(read_at=None)
    return list(notices.select_related("person").order_by("id"))


def shown_in(letter: Letter, person: Person) -> list[Said]:
    """What the letter has to tell the person who may read it now."""
    return [one for one in said(waiting_in(letter), person) if not one.hidden]


def personal_message(letter: Letter, person: Person) -> Message | None:
    """The notices of one person, with links; none when there is nothing left to tell."""
    shown = shown_in(letter, person)
    if not shown:
        return None
    title = _("[Remit #%(number)s] For %(person)s: %(notices)s") % {
        "number": letter.pk,
        "person": person.title(get_language() or "zh-hant"),
        "notices": _notices(len(shown)),
    }
    return Message(letter.message_id, title, _fitting((one.sentence, one.url) for one in shown))


def team_message(letter: Letter, unit: Unit) -> Message | None:
    """How many notices wait for how many people, and a link; none when none wait.

    A group reads it, whose members see different things: only a notice without a subject is said itself.
    """
    notices = waiting_in(letter)
    seen = [(notice, one) for notice in notices for one in said([notice], notice.person) if not one.hidden]
    if not seen:
        return None
    people = len({notice.person_id for notice, _one in seen})
    title = _("[Remit #%(number)s] %(notices)s for %(people)s of %(unit)s: open Remit") % {
        "number": letter.pk,
        "notices": _notices(len(seen)),
        "people": ngettext("%(count)s person", "%(count)s people", people) % {"count": people},
        "unit": unit.title(get_language() or "zh-hant"),
    }
    open_to_all = dict.fromkeys(one.sentence for notice, one in seen if not notice.subject)
    lines = _fitting((sentence, "") for sentence in open_to_all)
    return Message(letter.message_id, title, (*lines, (_("My notices"), _address("/notices"))))


def _notices(count: int) -> str:
    return ngettext("%(count)s notice", "%(count)s notices", count) % {"count": count}


def _fitting(lines: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """As many lines as a message carries; the last one then says how many more there are."""
    short = [(" ".join(sentence.split())[:SENTENCE_MAX], url and _address(url)) for sentence, url in lines]
    kept, size = 0, 0
    for sentence, url in short:
        size += len(sentence.encode()) + len(url.encode()) + 8
        if size > BYTES_MAX:
            break
        kept += 1
    if kept == len(short):
        return tuple(short)
    left = len(short) - kept
    more = ngettext("%(count)s more", "%(count)s more", left) % {"count": left}
    return (*short[:kept], (more, _address("/notices")))


def _address(path: str) -> str:
    return settings.ADDRESS.rstrip("/") + path
