"""Who sees and may do what with meetings. Without an assignment: only what one takes part in."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.text import in_a_row
from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.models import Person, Unit
from remit.org.queries.leading import paths_led_by
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from .enums import ActionState, MeetingState, Outcome, Rule
from .models import AgendaItem, Meeting, MeetingAction, MeetingSeries, Objection
from .queries.meetings import people_in, undecided_items, unready_items

MEETING_CLAUSE, TOGETHER_CLAUSE = "H3.4.1", "H5.1.2"


def meetings_visible_to(person: Person, on: date | None = None) -> QuerySet[Meeting]:
    """Those one takes part in or called, those one owes something from, and those of the units one sees."""
    if not person.is_active:
        return Meeting.objects.none()
    part = Meeting.people.through.objects.filter(meeting=OuterRef("pk"), person=person)
    owed = MeetingAction.objects.filter(meeting=OuterRef("pk"), owner=person)
    put_off = AgendaItem.objects.filter(meeting=OuterRef("pk"), deferred_owner=person)
    own = Q(made_by=person) | Q(Exists(part)) | Q(Exists(owed)) | Q(Exists(put_off))
    return Meeting.objects.filter(own | Q(unit__in=units_visible_to(person, on)))


def meetings_of(person: Person) -> QuerySet[Meeting]:
    """Those one takes part in."""
    if not person.is_active:
        return Meeting.objects.none()
    return Meeting.objects.filter(people=person)


def series_visible_to(person: Person, on: date | None = None) -> QuerySet[MeetingSeries]:
    """Those one belongs to, and those of the units one sees."""
    if not person.is_active:
        return MeetingSeries.objects.none()
    part = MeetingSeries.members.through.objects.filter(meetingseries=OuterRef("pk"), person=person)
    return MeetingSeries.objects.filter(
        Q(chair=person) | Q(Exists(part)) | Q(unit__in=units_visible_to(person, on))
    )


def items_visible_to(person: Person, on: date | None = None) -> QuerySet[AgendaItem]:
    """Of the meetings that the person sees."""
    return AgendaItem.objects.filter(meeting__in=meetings_visible_to(person, on))


def objections_visible_to(person: Person, on: date | None = None) -> QuerySet[Objection]:
    """Of the meetings that the person sees."""
    return Objection.objects.filter(item__in=items_visible_to(person, on))


def actions_visible_to(person: Person, on: date | None = None) -> QuerySet[MeetingAction]:
    """Of the meetings that the person sees."""
    return MeetingAction.objects.filter(meeting__in=meetings_visible_to(person, on))


def can_meet_in(person: Person, unit: Unit, on: date | None = None) -> Verdict:
    """Whether the person may call meetings of this unit: wherever they work, and below."""
    if person.is_active and units_visible_to(person, on).filter(pk=unit.pk).exists():
        return ALLOWED
    return refused(_("You call meetings of the units that you work in."), MEETING_CLAUSE)


def can_run_series(person: Person, series: MeetingSeries) -> Verdict:
    """Whether the person may change or end the series: its chair, who set it up, who heads the unit."""
    if series.ended_at is not None:
        return refused(_("This series has ended."), MEETING_CLAUSE)
    if person.pk in (series.chair_id, series.made_by_id) and person.is_active:
        return ALLOWED
    if _heads(person, series.unit):
        return ALLOWED
    return refused(_("Who chairs the series changes it, or who heads the unit."), MEETING_CLAUSE)


def can_prepare(person: Person, meeting: Meeting) -> Verdict:
    """Whether the person may change time, people and agenda: who leads it, before it starts."""
    if not (leads := _leads(person, meeting)):
        return leads
    if meeting.state != MeetingState.PLANNED:
        return refused(_("This meeting has begun, or is over: it stays as it was called."), MEETING_CLAUSE)
    return ALLOWED


def can_add_items(person: Person, meeting: Meeting) -> Verdict:
    """Whether the person may put something on the agenda: who leads it, until it is closed."""
    if not (leads := _leads(person, meeting)):
        return leads
    if meeting.state not in (MeetingState.PLANNED, MeetingState.RUNNING):
        return refused(_("This meeting is over."), MEETING_CLAUSE)
    return ALLOWED


def can_start(person: Person, meeting: Meeting) -> Verdict:
    """Whether the person may start it: who leads it, with an agenda and a rule for each item."""
    if not (prepares := can_prepare(person, meeting)):
        return prepares
    if not meeting.items.exists():
        return refused(_("No meeting without an agenda: add at least one item."), MEETING_CLAUSE)
    if lacking := unready_items(meeting):
        return refused(
            _("Say first how these are decided, and by whom or by which figure: %s.") % quoted(lacking),
            MEETING_CLAUSE,
        )
    return ALLOWED


def can_keep_minutes(person: Person, meeting: Meeting) -> Verdict:
    """Whether the person may write minutes, settle items and give actions: who leads it, while it runs."""
    if not (leads := _leads(person, meeting)):
        return leads
    if meeting.state != MeetingState.RUNNING:
        return refused(_("This is done while the meeting runs."), MEETING_CLAUSE)
    return ALLOWED


def can_close(person: Person, meeting: Meeting) -> Verdict:
    """Whether the person may close it: who leads it, once every item has an outcome."""
    if not (keeps := can_keep_minutes(person, meeting)):
        return keeps
    if lacking := undecided_items(meeting):
        return refused(
            _("No talk without a decision: decide or defer first %s.") % quoted(lacking), MEETING_CLAUSE
        )
    return ALLOWED


def can_cancel(person: Person, meeting: Meeting) -> Verdict:
    """Whether the person may cancel it: who leads it, before it starts."""
    return can_prepare(person, meeting)


def can_decide(person: Person, item: AgendaItem) -> Verdict:
    """Whether the person may record the decision: the decider themselves, else who leads the meeting."""
    if not (is_open := _is_open(item)):
        return is_open
    if item.rule == Rule.DECIDER:
        if item.decider_id == person.pk and person.is_active:
            return ALLOWED
        return refused(
            _("“%(item)s” is decided by %(who)s, and nobody else records that decision.")
            % {"item": item.title, "who": item.decider},
            MEETING_CLAUSE,
        )
    return _leads(person, item.meeting)


def can_defer(person: Person, item: AgendaItem) -> Verdict:
    """Whether the person may put it off: who leads the meeting, while the item is open."""
    return _is_open(item) and _leads(person, item.meeting)


def verbs_on(person: Person, item: AgendaItem, *, leads: bool, takes_part: bool) -> frozenset[str]:
    """What ``can_decide``, ``can_defer`` and ``can_vote`` allow, for a page of many items: no query each.

    ``leads``: whether the person may keep the minutes of the meeting.
    """
    if not (_is_open(item) and person.is_active):
        return frozenset()
    decides = item.decider_id == person.pk if item.rule == Rule.DECIDER else leads
    verbs = {"decide": decides, "defer": leads, "vote": takes_part}
    return frozenset(verb for verb, may in verbs.items() if may)


def can_reopen(person: Person, item: AgendaItem) -> Verdict:
    """Whether the person may take the outcome back: who leads the meeting, while it runs."""
    if not (keeps := can_keep_minutes(person, item.meeting)):
        return keeps
    if item.outcome == Outcome.OPEN:
        return refused(_("This item has no outcome yet."), MEETING_CLAUSE)
    return ALLOWED


def can_vote(person: Person, item: AgendaItem) -> Verdict:
    """Whether the person may vote or object: who takes part, while the item is open."""
    if not (is_open := _is_open(item)):
        return is_open
    if person.is_active and people_in(item.meeting).filter(pk=person.pk).exists():
        return ALLOWED
    return refused(_("Who takes part in the meeting has a say in it."), MEETING_CLAUSE)


def can_take_back(person: Person, objection: Objection) -> Verdict:
    """Whether the person may withdraw the objection: who raised it, while the item is open."""
    if not (is_open := _is_open(objection.item)):
        return is_open
    if objection.person_id == person.pk and objection.withdrawn_at is None and person.is_active:
        return ALLOWED
    return refused(_("Who raised an objection takes it back."), MEETING_CLAUSE)


def can_finish(person: Person, action: MeetingAction) -> Verdict:
    """Whether the person may mark the action as done: its owner."""
    if action.owner_id != person.pk or not person.is_active:
        return refused(_("Its owner says that an action is done."), MEETING_CLAUSE)
    if action.state != ActionState.OPEN:
        return refused(_("This is done already."), MEETING_CLAUSE)
    if action.thing:
        return refused(_("It goes on as a task, and is done when the task is."), MEETING_CLAUSE)
    return ALLOWED


def quoted(titles: list[str]) -> str:
    """Titles in a row, each in quotation marks."""
    chinese = (get_language() or "zh").startswith("zh")
    return in_a_row((f"「{one}」" if chinese else f"“{one}”" for one in titles), get_language())


def _is_open(item: AgendaItem) -> Verdict:
    if item.meeting.state != MeetingState.RUNNING:
        return refused(_("Items are settled while the meeting runs."), MEETING_CLAUSE)
    if item.outcome != Outcome.OPEN:
        return refused(_("This item has its outcome already."), MEETING_CLAUSE)
    return ALLOWED


def _leads(person: Person, meeting: Meeting) -> Verdict:
    """The chair, who called it, who acts for an absent chair, and who heads the unit."""
    if not person.is_active:
        return refused(_("You no longer work here."), MEETING_CLAUSE)
    if person.pk in (meeting.chair_id, meeting.made_by_id) or _heads(person, meeting.unit):
        return ALLOWED
    day = today()
    if organisation_on(day).standing_in(meeting.chair_id, day) == person.pk:
        return ALLOWED
    return refused(
        _("%s chairs this meeting and does this, or who acts for them.") % meeting.chair, MEETING_CLAUSE
    )


def _heads(person: Person, unit: Unit) -> bool:
    led = paths_led_by(person, today()) if person.is_active else []
    return any(unit.path.startswith(path) for path in led)
