"""Findings over time: since when each is there; whoever should mend a new one hears of it at once (H1.2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remit.notices.actions import notify
from remit.org.enums import Ability
from remit.org.models import Person, Position, Unit
from remit.org.queries.posts import people_able
from remit.org.queries.today import company_day
from remit.org.rules import people_visible_to

from ..deciding import Finding, Kind, findings, merged
from ..models import Charge, Gap
from ..queries.company import facts_on

SENTENCES = {
    Kind.NO_ACCOUNTABLE: gettext_noop(
        "Nobody is accountable for %(duties)s in %(unit)s. Please mend this gap."
    ),
    Kind.VACANT: gettext_noop(
        "%(position)s is vacant in %(unit)s, and owes %(duties)s. Please mend this gap."
    ),
    Kind.ABSENT: gettext_noop(
        "%(person)s is away from %(day)s, nobody acts, and %(duties)s depends on it. Please mend this gap."
    ),
}
NAMED_MAX = 3


class NobodyToAsk(ValueError):
    """Nobody there has the ability that mending takes."""


@dataclass(frozen=True, slots=True)
class Watched:
    """How many gaps came, and how many are gone."""

    new: int
    gone: int


@transaction.atomic
def watch_gaps(*, at: datetime) -> Watched:
    """Compare what is wrong now with what was known; again without harm.

    Not in the record: a gap follows from assignments, absences and roles, which are.
    """
    on = company_day(at)
    found = {finding.key_text: finding for finding in findings(facts_on(on), on)}
    known = set(Gap.objects.select_for_update().filter(gone_at=None).values_list("key", flat=True))
    gone = Gap.objects.filter(key__in=known - set(found), gone_at=None).update(gone_at=at)
    fresh = {key: finding for key, finding in found.items() if key not in known}
    Gap.objects.bulk_create(
        (Gap(key=key, kind=each.kind, unit_id=each.unit, first_seen_at=at) for key, each in fresh.items()),
        ignore_conflicts=True,
    )
    for finding in merged(each for each in fresh.values() if each.kind in SENTENCES):
        _tell(finding, on, at)
    return Watched(len(fresh), gone)


def _tell(finding: Finding, on: date, at: datetime) -> None:
    """Whoever stands above; where nobody does, whoever manages duties (or people, of a vacancy) there."""
    unit = Unit.objects.get(pk=finding.unit)
    ability = Ability.MANAGE_DUTIES if finding.kind == Kind.NO_ACCOUNTABLE else Ability.MANAGE_PEOPLE
    above = [finding.fixer] if finding.fixer else []
    people = list(Person.objects.filter(pk__in=above)) or people_able(ability, unit, on)
    if finding.person:  # a notice about somebody is read by who may see them
        seen = [one for one in people if people_visible_to(one, on).filter(pk=finding.person).exists()]
        people = seen or people_able(ability, unit, on)
    codes = sorted(Charge.objects.filter(pk__in=finding.charges).values_list("duty__code", flat=True))
    more = [f"… ({len(codes)})"] if len(codes) > NAMED_MAX else []
    about: Person | Unit = unit
    fields: defaultdict[str, object] = defaultdict(str)
    fields |= {"unit": unit, "duties": ", ".join([*codes[:NAMED_MAX], *more])}
    if finding.position:
        fields["position"] = Position.objects.get(pk=finding.position)
    if finding.person:
        fields["person"] = about = Person.objects.get(pk=finding.person)
    if finding.on:
        fields["day"] = finding.on.isoformat()
    key = f"gap:{finding.key_text}:{at:%Y-%m-%d}"
    gap = Gap.objects.filter(key=finding.key_text, gone_at=None).first() or about
    notify(people=people, text=SENTENCES[finding.kind], fields=fields, subject=gap, key=key, at=at)


@transaction.atomic
def ask_to_mend(*, finding: Finding, people: Iterable[Person], by: Person, at: datetime) -> list[Person]:
    """Tell those who can that somebody who cannot asks them to; once a day.

    Not in the record: the notice is all that happens. Raise NobodyToAsk.
    """
    asked = list(people)
    if not asked:
        raise NobodyToAsk(
            _("Nobody there may do it. An administrator has to give somebody the ability in a position.")
        )
    gap, _fresh = Gap.objects.get_or_create(
        key=finding.key_text, gone_at=None,
        defaults={"kind": finding.kind, "unit_id": finding.unit, "first_seen_at": at},
    )  # fmt: skip
    notify(
        people=asked, text=gettext_noop("%(by)s asks you to mend a gap: %(subject)s"), fields={"by": by},
        subject=gap, key=f"asked:{gap.pk}:{by.pk}:{at:%Y-%m-%d}", by=by, at=at,
    )  # fmt: skip
    return asked
