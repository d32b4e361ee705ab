"""What duties, their occurrences and handovers are called in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import get_language

from remit.core.text import Text
from remit.duties.models import Handover, Occurrence
from remit.duties.queries.handbook import titles_of


def language() -> str:
    return get_language() or "zh-hant"


def titled(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """With ``title``: code and name of the duty as that version calls it; one query."""
    rows = list(occurrences)
    titles = titles_of({one.version_id for one in rows}, language())
    for one in rows:
        one.title = f"{one.charge.duty.code} {titles.get(one.version_id, '')}".strip()  # type: ignore[attr-defined]  # for templates
    return rows


def what(handover: Handover) -> str:
    """What is handed over, in the reader's language."""
    return Text(handover.what, handover.what_en or handover.what).say(language())
