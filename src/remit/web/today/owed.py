"""What a person owes, put in the order in which they should look at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from remit.duties.enums import HandoverState, State
from remit.duties.models import Handover, Occurrence
from remit.duties.queries.stakes import Stakes, stakes_of
from remit.duties.queries.work import coming_with, handovers_with, others_come_up_to, owed_with
from remit.org.deciding import Organisation
from remit.org.models import Person

from ..duties.titles import titled, what

SHOWN_MOST = 40  # of one person; the list of work shows the rest
CAME_UP_MOST = 8  # the list of work shows the rest
SAID = (
    "version", "key", "cause", "said", "due_at", "due_on", "state", "returns",
    "charge__duty__code", "charge__unit__name", "charge__unit__name_en",
)  # fmt: skip
HANDED = (
    "what", "what_en", "due_at", "state", "occurrence__charge__duty__code",
    "occurrence__charge__unit__name", "occurrence__charge__unit__name_en", "to__duty__code",
    "to__unit__name", "to__unit__name_en",
)  # fmt: skip
COMING = 3  # said when nothing is owed now
HANDOVERS_MOST = 8  # on each side; the list of handovers shows the rest


@dataclass(frozen=True, slots=True)
class Owed:
    """Occurrences by when they are due, those to accept, and handovers to give and to take.

    Days are those of the person's own clock. ``came_up``: others' that went up to the person.

    ``coming`` holds what shows itself next; empty where something is owed now.
    """

    overdue: list[Occurrence]
    today: list[Occurrence]
    week: list[Occurrence]
    later: list[Occurrence]
    to_accept: list[Occurrence]
    came_up: list[Occurrence]
    coming: list[Occurrence]
    give: list[Handover]
    take: list[Handover]
    more: int
    more_up: int
    more_handovers: int

    @property
    def nothing(self) -> bool:
        return not (
            self.overdue
            or self.today
            or self.week
            or self.later
            or self.to_accept
            or self.came_up
            or self.give
            or self.take
        )

    @property
    def shown(self) -> tuple[list[Occurrence], ...]:
        """Every group of occurrences on the page."""
        return self.overdue, self.today, self.week, self.later, self.to_accept, self.coming, self.came_up

    @property
    def count(self) -> int:
        """What needs the person now."""
        return len(self.overdue) + len(self.today) + len(self.to_accept) + len(self.came_up) + self.more_up


def owed_today(person: Person, at: datetime, on: date, organisation: Organisation, here: date) -> Owed:
    """Everything that waits for the person; a fixed number of queries.

    ``on``: the company's day, for which posts are asked; ``here``: the day that it is where the person works.
    """
    stakes = stakes_of(person, on, organisation)
    rows = owed_with(person, stakes, at, organisation)
    found = list(_for_a_line(rows).order_by("due_at", "pk")[: SHOWN_MOST + 1])
    more = rows.count() - SHOWN_MOST if len(found) > SHOWN_MOST else 0
    todo = [one for one in found[:SHOWN_MOST] if one.state == State.OPEN]
    week_ends = here + timedelta(days=7)
    give, take = _sides(stakes)
    came_up, more_up = _came_up(person, stakes, on, organisation)
    titled([*found, *came_up])
    return Owed(
        overdue=[one for one in todo if one.due_at <= at],
        today=[one for one in todo if one.due_at > at and one.due_on <= here],
        week=[one for one in todo if one.due_at > at and here < one.due_on <= week_ends],
        later=[one for one in todo if one.due_on > week_ends],
        to_accept=[one for one in found[:SHOWN_MOST] if one.state == State.DELIVERED],
        came_up=came_up,
        coming=[] if found or came_up else _coming(stakes, at),
        give=_late_first(give, at)[:HANDOVERS_MOST],
        take=_late_first(take, at)[:HANDOVERS_MOST],
        more=more,
        more_up=more_up,
        more_handovers=max(len(give) - HANDOVERS_MOST, 0) + max(len(take) - HANDOVERS_MOST, 0),
    )


def _coming(stakes: Stakes, at: datetime) -> list[Occurrence]:
    return titled(_for_a_line(coming_with(stakes, at)).order_by("due_at", "pk")[:COMING])


def _came_up(
    person: Person, stakes: Stakes, on: date, organisation: Organisation
) -> tuple[list[Occurrence], int]:
    """What went up to the person and is not their own work anyway, the oldest first; how many more."""
    rows = others_come_up_to(person, stakes, on, organisation)
    found = list(_for_a_line(rows)[: CAME_UP_MOST + 1])
    more = rows.count() - CAME_UP_MOST if len(found) > CAME_UP_MOST else 0
    return found[:CAME_UP_MOST], more


def _for_a_line(rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """With what a line says; no more, since most of the page's time is spent on writing its queries."""
    return rows.select_related("charge__duty", "charge__unit").only(*SAID)


def _sides(stakes: Stakes) -> tuple[list[Handover], list[Handover]]:
    """(to give, to take); what the person gives to themselves is only theirs to take."""
    rows = handovers_with(stakes).select_related(
        "occurrence__charge__duty", "occurrence__charge__unit", "to__duty", "to__unit"
    )
    found = list(rows.only(*HANDED).order_by("due_at", "pk")[: 4 * SHOWN_MOST])
    take = [h for h in found if h.to_id in stakes.owed]
    give = [h for h in found if h.to_id not in stakes.owed]
    return give, take


def _late_first(handovers: Iterable[Handover], at: datetime) -> list[Handover]:
    """Those with something to do now, or late; each with ``what_said``, ``is_late`` and ``waits_here``."""
    rows = []
    for each in handovers:
        each.is_late = each.due_at <= at  # type: ignore[attr-defined]  # for templates
        each.what_said = what(each)  # type: ignore[attr-defined]  # for templates
        each.is_offered = each.state == HandoverState.OFFERED  # type: ignore[attr-defined]  # for templates
        rows.append(each)
    return sorted(rows, key=lambda each: (not each.is_late, each.due_at))  # type: ignore[attr-defined]  # set above
