"""Content of the demonstration: live and in draft, then the company's own words, and what they find."""

from datetime import datetime, timedelta

from django.db import transaction

from remit.governance.actions.content_item import add_content
from remit.governance.actions.finding import screen_live
from remit.governance.actions.own_words import publish_own_words
from remit.governance.models import ContentItem, OwnWords
from remit.org.models import Person, Unit

from .. import contents as wanted


@transaction.atomic
def set_up_contents(*, at: datetime) -> int:
    """Return how many texts were added; none where somebody keeps content already."""
    if ContentItem.objects.exists() or OwnWords.objects.exists():
        return 0
    people = {
        person.email.partition("@")[0]: person for person in Person.objects.filter(is_demonstration=True)
    }
    unit = Unit.objects.get(code=wanted.UNIT)
    for row in wanted.CONTENTS:
        live_at = None if row.live_days is None else at - timedelta(days=row.live_days)
        add_content(
            unit=unit, title=row.title, channel=row.channel, text=row.text, industry=row.industry,
            owner=people[row.owner], by=people[row.owner], at=live_at or at, live_at=live_at,
        )  # fmt: skip
    publish_own_words(content=wanted.OWN, reason=wanted.OWN_REASON, by=people[wanted.OWN_BY], at=at, after=0)
    screen_live(at=at)
    return len(wanted.CONTENTS)
