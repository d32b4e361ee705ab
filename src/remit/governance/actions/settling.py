"""Give an item its outcome, by its rule: one person, consensus, a vote, or data."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.text import in_a_row
from remit.notices.actions import notify
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..enums import Choice, MeetingState, Outcome, Rule
from ..models import AgendaItem, Objection, Vote
from ..queries.meetings import people_in, standing_objections, tally
from .meeting import MeetingUnclear, NotThen, held_meeting, require_state


class RuleNotMet(ValueError):
    """The rule of the item does not let it be decided like this; the message says what is missing."""


@transaction.atomic
def decide(*, item: AgendaItem, decision: str, by: Person, at: datetime, reading: str = "") -> AgendaItem:
    """Record what was decided, as the rule of the item has it. Raise RuleNotMet, NotThen, MeetingUnclear.

    ``reading``: what the figure said, where data decide.
    """
    item = _held(item, Outcome.OPEN)
    decision = decision.strip()[:2000]
    if not decision:
        raise MeetingUnclear(_("Say what was decided."))
    reading = reading.strip()[:300]
    _require_rule(item, by, reading)
    item.reading = reading if item.rule == Rule.DATA else ""
    item.outcome, item.decision, item.settled_by, item.settled_at = Outcome.DECIDED, decision, by, at
    item.save()
    fields = {"item": item.title, "rule": item.rule, "decision": decision, "reading": item.reading}
    record(events.ITEM_DECIDED, item.meeting, by=by, at=at, fields={**fields, "votes": _counted(item)})
    return item


@transaction.atomic
def defer(*, item: AgendaItem, to: date, owner: Person, by: Person, at: datetime) -> AgendaItem:
    """Put it off to a day, with an owner who sees to it. Both are needed (H3.4.1)."""
    item = _held(item, Outcome.OPEN)
    if to <= company_day(at):
        raise MeetingUnclear(_("An item is deferred to a day that is still to come."))
    item.outcome, item.deferred_to, item.deferred_owner = Outcome.DEFERRED, to, owner
    item.settled_by, item.settled_at = by, at
    item.save()
    record(
        events.ITEM_DEFERRED, item.meeting, by=by, at=at,
        fields={"item": item.title, "to": to, "owner": owner.pk},
    )  # fmt: skip
    if owner.pk != by.pk:
        text = gettext_noop("%(by)s deferred “%(item)s” of %(subject)s to %(day)s; you see to it.")
        said = {"by": by, "item": item.title, "day": to.isoformat()}
        key = f"meeting:{item.meeting_id}:deferred:{item.pk}:{to}"
        notify(people=[owner], text=text, fields=said, subject=item.meeting, key=key, by=by, at=at)
    return item


@transaction.atomic
def reopen_item(*, item: AgendaItem, by: Person, at: datetime) -> AgendaItem:
    """Take the outcome back while the meeting runs; votes and objections stay."""
    item = _held(item, Outcome.DECIDED, Outcome.DEFERRED)
    was = item.outcome
    item.outcome, item.decision, item.reading = Outcome.OPEN, "", ""
    item.settled_by = item.settled_at = item.deferred_to = item.deferred_owner = None
    item.save()
    record(events.ITEM_REOPENED, item.meeting, by=by, at=at, fields={"item": item.title, "was": was})
    return item


@transaction.atomic
def cast_vote(*, item: AgendaItem, choice: str, by: Person, at: datetime) -> Vote:
    """One vote a participant, changed as often as they like until the item has its outcome."""
    item = _held(item, Outcome.OPEN)
    if item.rule != Rule.VOTE:
        raise RuleNotMet(_("“%s” is not decided by a vote.") % item.title)
    _require_part(item, by)
    vote, _made = Vote.objects.update_or_create(
        item=item, person=by, defaults={"choice": Choice(choice), "at": at}
    )
    record(events.VOTED, item.meeting, by=by, at=at, fields={"item": item.title, "choice": vote.choice})
    return vote


@transaction.atomic
def object_to(*, item: AgendaItem, reason: str, by: Person, at: datetime) -> Objection:
    """A reason against a consensus; while it stands there is none."""
    item = _held(item, Outcome.OPEN)
    if item.rule != Rule.CONSENSUS:
        raise RuleNotMet(_("“%s” is not decided by consensus.") % item.title)
    _require_part(item, by)
    reason = reason.strip()[:600]
    if not reason:
        raise MeetingUnclear(_("Say what speaks against it."))
    if standing_objections(item).filter(person=by).exists():
        raise MeetingUnclear(_("Your objection stands already: take it back, or leave it."))
    objection = Objection.objects.create(item=item, person=by, reason=reason, at=at)
    record(events.OBJECTED, item.meeting, by=by, at=at, fields={"item": item.title, "reason": reason})
    return objection


@transaction.atomic
def take_back(*, objection: Objection, by: Person, at: datetime) -> Objection:
    """It no longer stands."""
    item = _held(objection.item, Outcome.OPEN)
    if objection.withdrawn_at is not None:
        raise NotThen(_("This objection was taken back already."))
    objection.withdrawn_at = at
    objection.save(update_fields=["withdrawn_at"])
    record(events.OBJECTION_WITHDRAWN, item.meeting, by=by, at=at, fields={"item": item.title})
    return objection


# -- inside --------------------------------------------------------------------------------------


def _held(item: AgendaItem, *outcomes: str) -> AgendaItem:
    """The item, its meeting locked and running, in one of these outcomes."""
    meeting = held_meeting(item.meeting_id)
    require_state(meeting, MeetingState.RUNNING)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("decider").get(pk=item.pk)
    item.meeting = meeting
    if item.outcome not in outcomes:
        label = str(Outcome(item.outcome).label)
        raise NotThen(_("The item is now “%(state)s”: look at it again.") % {"state": label})
    return item


def _require_part(item: AgendaItem, by: Person) -> None:
    if not people_in(item.meeting).filter(pk=by.pk).exists():
        raise RuleNotMet(_("Who takes part in the meeting has a say in it."))


def _require_rule(item: AgendaItem, by: Person, reading: str) -> None:
    if not item.rule:
        raise RuleNotMet(
            _("“%s” does not say how it is decided: defer it, and say so before it comes up.") % item.title
        )
    if item.rule == Rule.DECIDER and item.decider_id != by.pk:
        raise RuleNotMet(
            _("“%(item)s” is decided by %(who)s, and nobody else records that decision.")
            % {"item": item.title, "who": item.decider}
        )
    if item.rule == Rule.CONSENSUS and (standing := list(standing_objections(item).select_related("person"))):
        names = in_a_row((str(each.person) for each in standing), get_language())
        raise RuleNotMet(_("There is no consensus: the objection of %s stands.") % names)
    if item.rule == Rule.DATA and not reading:
        raise RuleNotMet(_("Data decide here: say what “%s” reads.") % item.figure)
    if item.rule == Rule.VOTE and tally(item).carried is None:
        votes = tally(item)
        said = {"given": votes.given, "people": votes.people, "agree": votes.agree, "against": votes.against}
        raise RuleNotMet(
            _(
                "No decision by vote yet: %(given)s of %(people)s have voted, %(agree)s for and %(against)s "
                "against. More than half have to vote, and one side has to be the larger."
            )
            % said
        )


def _counted(item: AgendaItem) -> str:
    """``3:1:0`` for, against, abstaining; empty where nobody voted."""
    votes = tally(item)
    return f"{votes.agree}:{votes.against}:{votes.abstain}" if votes.given else ""
