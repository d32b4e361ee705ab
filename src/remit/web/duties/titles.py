"""What duties, their occurrences and handovers are called in the reader's language."""

import re
from collections.abc import Iterable

from django.utils.translation import get_language, gettext

from remit.core.ref import Ref
from remit.core.text import Text
from remit.duties.models import Handover, Occurrence
from remit.duties.queries.handbook import titles_of
from remit.org.models import Person

from ..refs import resolve_all

EVENT_KEY = re.compile(r"(event|hand)-[0-9]+")


def language() -> str:
    return get_language() or "zh-hant"


def titled(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """With ``title``: code and name of the duty as that version calls it; one query."""
    rows = list(occurrences)
    titles = titles_of({one.version_id for one in rows}, language())
    for one in rows:
        one.title = f"{one.charge.duty.code} {titles.get(one.version_id, '')}".strip()  # type: ignore[attr-defined]  # for templates
        one.about = one.said or (gettext("upon an event") if EVENT_KEY.match(one.key) else one.key)  # type: ignore[attr-defined]  # for templates
    return rows


def caused(occurrences: Iterable[Occurrence], person: Person) -> None:
    """With ``about``: the title of what started each, as far as the person sees it, in place of the key.

    ``cause_url``: its page. One look-up for each kind of thing.
    """
    rows = [one for one in occurrences if one.cause]
    refs = {one.cause: Ref.parse(one.cause) for one in rows}
    known = resolve_all(person, refs.values())
    for one in rows:
        if subject := known.get(refs[one.cause]):
            one.about = subject.title  # type: ignore[attr-defined]  # for templates
            one.cause_url = subject.url  # type: ignore[attr-defined]  # for templates


def what(handover: Handover) -> str:
    """What is handed over, in the reader's language."""
    return Text(handover.what, handover.what_en or handover.what).say(language())
