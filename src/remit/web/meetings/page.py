"""One meeting: its agenda with outcomes, minutes and actions."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from remit.core.ref import Ref
from remit.governance.enums import Choice, Rule
from remit.governance.meeting_rules import (
    can_add_items,
    can_cancel,
    can_close,
    can_finish,
    can_keep_minutes,
    can_prepare,
    can_start,
    meetings_visible_to,
    verbs_on,
)
from remit.governance.models import AgendaItem, Meeting
from remit.governance.queries.meetings import Line, actions_of, agenda_of, open_from_before
from remit.notices.subjects import Subject
from remit.org.models import Person
from remit.org.queries.today import today

from ..refs import resolve_all
from ..who import who
from .forms import ActionForm, DecisionForm, DeferralForm, MinutesForm, ObjectionForm, OneItemForm, ReasonForm
from .times import placed


@require_GET
def page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The meeting as it stands."""
    return show(request, found(request, meeting_id))


def found(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting, if the person may see it."""
    rows = meetings_visible_to(who(request)).select_related("unit", "chair", "series", "made_by")
    return get_object_or_404(rows, pk=meeting_id)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the agenda with what the reader may do about it; ``forms`` by name, for those they may."""

    line: Line
    thing: Subject | None
    forms: dict[str, Any]
    may_vote: bool
    is_vote: bool
    is_consensus: bool

    @property
    def item(self) -> AgendaItem:
        return self.line.item


def show(
    request: HttpRequest, meeting: Meeting, *, returned: dict[tuple[int, str], Any] | None = None, **more: Any
) -> HttpResponse:
    """The page; 422 when a form comes back. ``returned``: forms of items by (item, name)."""
    context = _context(meeting, who(request), returned or {}) | more
    return render(request, "meetings/meeting.html", context, status=422 if returned or more else 200)


def _context(meeting: Meeting, person: Person, returned: dict[tuple[int, str], Any]) -> dict[str, Any]:
    people = list(meeting.people.order_by("name"))
    lines = agenda_of(meeting, person, len(people))
    placed([meeting, *_beside(lines)])
    keeps = can_keep_minutes(person, meeting)
    actions = list(actions_of(meeting))
    goes_on = {action.pk: Ref.parse(action.thing) for action in actions if action.thing}
    things = resolve_all(person, [*_refs(meeting, lines), *goes_on.values()])
    for action in actions:
        action.goes_on = things.get(goes_on[action.pk]) if action.thing else None  # type: ignore[attr-defined]  # for the template
    about = things.get(Ref.parse(meeting.about)) if meeting.about else None
    return {
        "meeting": meeting, "people": people, "actions": actions, "about": about, "on": today(),
        "earlier": open_from_before(meeting),
        "rows": [_row(line, meeting, person, people, bool(keeps), things, returned) for line in lines],
        "mine": {action.pk for action in actions if can_finish(person, action)},
        "may_prepare": can_prepare(person, meeting), "may_add": can_add_items(person, meeting),
        "may_keep": keeps, "may_start": can_start(person, meeting), "may_cancel": can_cancel(person, meeting),
        "may_close": can_close(person, meeting), "choices": Choice.choices,
        "is_soon": meeting.starts_at > timezone.now(), "adding": OneItemForm(by=person, auto_id="item_%s"),
        "writing": MinutesForm(initial={"minutes": meeting.minutes}), "cancelling": ReasonForm(),
        "giving": ActionForm(by=person, meeting=meeting) if keeps else None,
    }  # fmt: skip


def _row(
    line: Line,
    meeting: Meeting,
    person: Person,
    people: list[Person],
    leads: bool,
    things: dict[Ref, Subject],
    returned: dict[tuple[int, str], Any],
) -> Row:
    item = line.item
    item.meeting = meeting
    forms: dict[str, Any] = {}
    verbs = verbs_on(person, item, leads=leads, takes_part=person in people)
    may_vote = "vote" in verbs
    if "decide" in verbs:
        forms["decision"] = DecisionForm(item=item)
    if "defer" in verbs:
        forms["deferral"] = DeferralForm(item=item, people=people)
    objected = any(each.person_id == person.pk and not each.withdrawn_at for each in line.objections)
    if may_vote and item.rule == Rule.CONSENSUS and not objected:
        forms["objection"] = ObjectionForm(item=item)
    forms |= {name: form for (pk, name), form in returned.items() if pk == item.pk}
    thing = things.get(Ref.parse(item.thing)) if item.thing else None
    return Row(line, thing, forms, may_vote, item.rule == Rule.VOTE, item.rule == Rule.CONSENSUS)


def _beside(lines: list[Line]) -> list[Meeting]:
    """The meetings from which items came, and to which they were deferred."""
    origins = [line.item.origin.meeting for line in lines if line.item.origin]
    return [*origins, *(line.item.carried.meeting for line in lines if hasattr(line.item, "carried"))]


def _refs(meeting: Meeting, lines: list[Line]) -> list[Ref]:
    texts = [meeting.about, *(line.item.thing for line in lines)]
    return [Ref.parse(text) for text in texts if text]
