"""Meetings as they are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from remit.core.text import in_a_row
from remit.org.models import Assignment, Person, Unit
from remit.org.queries.assignments import holding_on, paths_of
from remit.org.queries.scopes import ancestor_paths, below

from ..enums import LIVE_MEETINGS, ActionState, MeetingState, Outcome, Rule
from ..models import AgendaItem, Meeting, MeetingAction, MeetingSeries, Objection, Vote
from ..voting import Tally, tally_of


def people_in(meeting: Meeting) -> QuerySet[Person]:
    """Who takes part; the chair is always among them."""
    return meeting.people.all()


def invitable_by(person: Person, on: date, there: Iterable[int] = ()) -> QuerySet[Person]:
    """Whom the person may invite: who works in the units that they see, or in a unit above those.

    ``there``: who is among the people already, wherever they work.
    """
    paths = paths_of(person, on)
    above = {ancestor for path in paths for ancestor in ancestor_paths(path)}
    units = Unit.objects.filter(below(paths) | Q(path__in=above))
    held = Assignment.objects.filter(holding_on(on), unit__in=units)
    wanted = Q(pk=person.pk) | Q(pk__in=held.values("person")) | Q(pk__in=list(there))
    return Person.objects.filter(wanted, is_active=True)


def unready_items(meeting: Meeting) -> list[str]:
    """Titles of the items that do not say how they are decided."""
    without = Q(rule="") | Q(rule=Rule.DECIDER, decider=None) | Q(rule=Rule.DATA, figure="")
    return list(meeting.items.filter(without).order_by("position").values_list("title", flat=True))


def undecided_items(meeting: Meeting) -> list[str]:
    """Titles of the items without an outcome."""
    rows = meeting.items.filter(outcome=Outcome.OPEN).order_by("position")
    return list(rows.values_list("title", flat=True))


def standing_objections(item: AgendaItem) -> QuerySet[Objection]:
    """Those that were not taken back."""
    return item.objections.filter(withdrawn_at=None)


def tally(item: AgendaItem) -> Tally:
    """How the votes on an item stand."""
    choices = item.votes.values_list("choice", flat=True)
    return tally_of(choices, people_in(item.meeting).count())


def waiting_items(series: MeetingSeries | None = None) -> QuerySet[AgendaItem]:
    """Items that were deferred in a closed meeting and are on no later agenda yet."""
    rows = AgendaItem.objects.filter(
        outcome=Outcome.DEFERRED, meeting__state=MeetingState.CLOSED, carried__isnull=True
    )
    return rows.filter(meeting__series=series) if series else rows


@dataclass(frozen=True, slots=True)
class Line:
    """An item with all that is said of it. ``own``: the reader's vote, empty without one."""

    item: AgendaItem
    votes: list[Vote]
    objections: list[Objection]
    tally: Tally
    own: str


def agenda_of(meeting: Meeting, person: Person, people: int) -> list[Line]:
    """The agenda in its order; a fixed number of queries."""
    rows = meeting.items.select_related(
        "decider", "settled_by", "deferred_owner", "file", "origin__meeting", "carried__meeting"
    ).prefetch_related(
        Prefetch("votes", Vote.objects.select_related("person").order_by("at", "pk")),
        Prefetch("objections", Objection.objects.select_related("person").order_by("at", "pk")),
    )
    return [_line(item, person, people) for item in rows.order_by("position", "pk")]


def _line(item: AgendaItem, person: Person, people: int) -> Line:
    votes, objections = list(item.votes.all()), list(item.objections.all())
    own = next((vote.choice for vote in votes if vote.person_id == person.pk), "")
    return Line(item, votes, objections, tally_of([vote.choice for vote in votes], people), own)


def actions_of(meeting: Meeting) -> QuerySet[MeetingAction]:
    """What is to be done after it, the earliest first."""
    return meeting.actions.select_related("owner", "item").order_by("due_on", "pk")


def open_from_before(meeting: Meeting, count: int = 20) -> list[MeetingAction]:
    """What earlier meetings of its series gave and nobody has done yet, the earliest first."""
    if meeting.series_id is None:
        return []
    earlier = Meeting.objects.filter(series=meeting.series_id, starts_at__lt=meeting.starts_at)
    rows = MeetingAction.objects.filter(meeting__in=earlier, state=ActionState.OPEN)
    rows = rows.exclude(meeting__state=MeetingState.CANCELLED).select_related("owner", "meeting")
    return list(rows.order_by("due_on", "pk")[:count])


def actions_owed_by(person: Person) -> QuerySet[MeetingAction]:
    """What the person has still to do, the earliest first; what goes on as something else stands there."""
    rows = MeetingAction.objects.filter(owner=person, state=ActionState.OPEN, thing="")
    return (
        rows.exclude(meeting__state=MeetingState.CANCELLED).select_related("meeting").order_by("due_on", "pk")
    )


def deferred_to(person: Person, on: date) -> QuerySet[AgendaItem]:
    """What was deferred to the person, has come up by a day and has no agenda yet."""
    rows = waiting_items().filter(deferred_owner=person, deferred_to__lte=on)
    return rows.select_related("meeting").order_by("deferred_to", "pk")


def meetings_between(rows: QuerySet[Meeting], first: datetime, last: datetime) -> QuerySet[Meeting]:
    """Living meetings of ``rows`` that start from a moment to a moment, in order."""
    found = rows.filter(starts_at__gte=first, starts_at__lt=last, state__in=LIVE_MEETINGS)
    return with_counts(found).order_by("starts_at", "pk")


def with_counts(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With ``item_count`` and what a row of a list says."""
    return rows.select_related("unit", "chair", "series").annotate(
        item_count=Count("items", distinct=True),
        open_count=Count("items", filter=Q(items__outcome=Outcome.OPEN), distinct=True),
    )


def names(people: Iterable[Person], language: str) -> str:
    """Names in a row, as the language says them."""
    return in_a_row((one.title(language) for one in people), language)
