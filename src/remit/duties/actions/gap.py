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
    Kind.NO_RESPONSIBLE: gettext_noop(
        "Nobody is responsible for %(duties)s in %(unit)s. Please mend this gap."
    ),
    Kind.TWO_ACCOUNTABLES: gettext_noop(
        "More than one person answers for %(duties)s in %(unit)s. Please mend this gap."
    ),
    Kind.VACANT: gettext_noop(
        "%(position)s is vacant in %(unit)s, and owes %(duties)s. Please mend this gap."
    ),
    Kind.ABSENT: gettext_noop(
        "%(person)s is away, and from %(day)s nobody acts for %(duties)s. Please mend this gap."
    ),
    Kind.OVERLOAD: gettext_noop(
        "%(person)s owes %(hours)s hours a month and has %(limit)s. Please mend this gap."
    ),
    Kind.SINGLE_POINT: gettext_noop(
        "%(person)s alone does %(duties)s in %(unit)s, and has no deputy. Please mend this gap."
    ),
    Kind.UNMEASURED: gettext_noop("Nobody measured %(duties)s in %(unit)s for a year. Please mend this gap."),
}
OF_DUTIES = (Kind.NO_ACCOUNTABLE, Kind.NO_RESPONSIBLE, Kind.UNMEASURED)  # whoever manages duties mends them
NAMED_MAX = 3
TOLD_MAX = 3  # more that are new for somebody at once are told as their number


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
    _tell_all(merged(fresh.values()), on, at)
    return Watched(len(fresh), gone)


def _tell_all(found: Iterable[Finding], on: date, at: datetime) -> None:
    """Each to whoever should mend it; of more than a few at once a person hears how many they are."""
    whom: defaultdict[int, list[Finding]] = defaultdict(list)
    people: dict[int, Person] = {}
    for finding in found:
        for person in _fixers(finding, on):
            people[person.pk] = person
            whom[person.pk].append(finding)
    told: dict[str, tuple[Finding, list[Person]]] = {}
    for pk, theirs in whom.items():
        if len(theirs) > TOLD_MAX:
            notify(
                people=[people[pk]], at=at, fields={"count": len(theirs)},
                text=gettext_noop("%(count)s new gaps are yours to mend. “Gaps and load” shows them."),
                key=f"gaps:{theirs[0].key_text}:{len(theirs)}:{at:%Y-%m-%d}",
            )  # fmt: skip
            continue
        for finding in theirs:
            told.setdefault(_key(finding), (finding, []))[1].append(people[pk])
    for finding, them in told.values():
        _tell(finding, them, at)


def _key(finding: Finding) -> str:
    """One notice's: parts of a finding that different people should mend are notices of their own."""
    return f"{finding.key_text}:{finding.fixer or ''}"


def _fixers(finding: Finding, on: date) -> list[Person]:
    """Whoever stands above; where nobody does, whoever manages duties, or people, there."""
    unit = Unit.objects.get(pk=finding.unit)
    ability = Ability.MANAGE_DUTIES if finding.kind in OF_DUTIES else Ability.MANAGE_PEOPLE
    people = list(Person.objects.filter(pk=finding.fixer or 0)) or people_able(ability, unit, on)
    if finding.person:  # a notice about somebody is read by who may see them
        seen = [one for one in people if people_visible_to(one, on).filter(pk=finding.person).exists()]
        people = seen or people_able(ability, unit, on)
    return people


def _tell(finding: Finding, people: Iterable[Person], at: datetime) -> None:
    unit = Unit.objects.get(pk=finding.unit)
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
    if finding.kind == Kind.OVERLOAD:
        fields |= {"hours": f"{finding.hours:.0f}", "limit": f"{finding.limit:.0f}"}
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
