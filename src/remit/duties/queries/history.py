"""How a duty stands: its words, who answers for it where, its flows, and how it went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, Sum

from remit.core.text import Text
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.people import people_by_id

from ..enums import State
from ..models import Charge, Duty, DutyVersion, DutyWords, Occurrence
from .handbook import CHINESE, by_code, titles_of
from .stakes import Crew, crews_of


def words_of(duties: Iterable[Duty], language: str) -> None:
    """Give each duty ``title``, ``purpose`` and ``deliverable`` of its current version; one query."""
    rows = list(duties)
    wanted = language if language in CHINESE else "en"
    found = DutyWords.objects.filter(version__in=[duty.current_id for duty in rows], language=wanted)
    words = {each.version_id: each for each in found}
    for duty in rows:
        mine = words.get(duty.current_id or 0)
        for name in ("title", "purpose", "deliverable"):
            setattr(duty, name, getattr(mine, name) if mine else "")


@dataclass(frozen=True, slots=True)
class Standing:
    """A charge with who answers for it now."""

    charge: Charge
    crew: Crew
    accountable: tuple[Person, ...]
    responsible: tuple[Person, ...]


def charges_with_crews(charges: QuerySet[Charge], on: date) -> list[Standing]:
    """The charges in the order of the units, each with its people."""
    rows = list(charges.select_related("unit").order_by("unit__path"))
    crews = crews_of(rows, on, organisation_on(on))
    people = people_by_id({p for crew in crews.values() for p in (*crew.accountables, *crew.responsible)})
    return [
        Standing(
            charge,
            crews[charge.pk],
            tuple(people[p] for p in crews[charge.pk].accountables),
            tuple(people[p] for p in crews[charge.pk].responsible),
        )
        for charge in rows
    ]


@dataclass(frozen=True, slots=True)
class Flow:
    """Something that one duty gives to another."""

    code: str
    title: str
    what: str
    within_days: int


def flows_of(duty: Duty, language: str) -> tuple[list[Flow], list[Flow]]:
    """(what it gives, what it gets), in the order of the codes."""
    versions = DutyVersion.objects.filter(duty__retired_at=None, duty__current_id=F("pk"))
    known = {version.duty.code: version for version in versions.select_related("duty")}
    titles = titles_of([version.pk for version in known.values()], language)

    def flow(code: str, rule: dict[str, object]) -> Flow:
        what = rule["what"]
        assert isinstance(what, dict)  # ``drafts`` checked it
        title = titles.get(known[code].pk, "") if code in known else ""
        within = rule["within_days"]
        assert isinstance(within, int)
        return Flow(code, title, Text(what["zh"], what["en"]).say(language), within)

    gives = [flow(rule["to"], rule) for rule in (duty.current.hands_over if duty.current else ())]
    gets = [
        flow(code, rule)
        for code, version in known.items()
        for rule in version.hands_over
        if rule["to"] == duty.code
    ]
    return gives, sorted(gets, key=lambda each: by_code(each.code))


@dataclass(frozen=True, slots=True)
class Past:
    """How occurrences went that were due up to a day. ``rate``: on time of those due; none when none was."""

    due: int
    on_time: int
    late: int
    waived: int
    returns: int
    newest: tuple[Occurrence, ...]

    @property
    def rate(self) -> float | None:
        owed = self.due - self.waived
        return self.on_time / owed if owed else None


def under_way(charges: QuerySet[Charge], at: datetime, on: date, count: int = 12) -> list[Occurrence]:
    """The occurrences of charges that are open and not due yet, the first to fall due first."""
    rows = Occurrence.objects.filter(charge__in=charges, opens_at__lte=at, due_on__gt=on)
    unfinished = rows.filter(state__in=[State.OPEN, State.DELIVERED])
    return list(unfinished.select_related("charge__unit", "charge__duty").order_by("due_at", "pk")[:count])


def past_of(charges: QuerySet[Charge], on: date, count: int = 12) -> Past:
    """The occurrences of charges that were due by a day, with the newest of them."""
    rows = Occurrence.objects.filter(charge__in=charges, due_on__lte=on)
    on_time = Q(state__in=[State.DELIVERED, State.ACCEPTED], delivered_at__lte=F("due_at"))
    waived = Q(state=State.WAIVED)
    sums = rows.aggregate(
        due=Count("pk"),
        on_time=Count("pk", filter=on_time),
        waived=Count("pk", filter=waived),
        returns=Sum("returns", default=0),
    )
    newest = rows.select_related("charge__unit", "charge__duty", "accountable").order_by("-due_at", "-pk")[
        :count
    ]
    late = sums["due"] - sums["on_time"] - sums["waived"]
    return Past(sums["due"], sums["on_time"], late, sums["waived"], sums["returns"], tuple(newest))
