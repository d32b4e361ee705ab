"""Who is concerned by what another did to their posts, their days away or their account hears of it.

Reactions (config/reactions.py): power over somebody is not used behind their back.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.org import events
from remit.org.models import Assignment, Mentoring, Person, Position, Project, Unit
from remit.org.queries.assignments import held_from
from remit.org.queries.today import company_day

from ..models import Notice
from .notice import notify

type Told = dict[str, Any]
type Telling = tuple[Person, str, Told]  # whom, what, with which fields

AWAY = gettext_noop(
    "%(by)s noted that you are away from %(starts_on)s to %(ends_on)s."
    " Who acts for you meanwhile stands on your page."
)
NOT_AWAY = gettext_noop("%(by)s removed that you are away from %(starts_on)s to %(ends_on)s.")
ACTS = gettext_noop("%(by)s named you to act for %(person)s whenever they are away, from %(starts_on)s.")
ACTS_UNTIL = gettext_noop(
    "%(by)s named you to act for %(person)s whenever they are away, from %(starts_on)s to %(ends_on)s."
)
ACTED_FOR = gettext_noop(
    "%(by)s named %(delegate)s to act for you whenever you are away, from %(starts_on)s."
)
ACTED_FOR_UNTIL = gettext_noop(
    "%(by)s named %(delegate)s to act for you whenever you are away, from %(starts_on)s to %(ends_on)s."
)
ACTS_NO_LONGER = gettext_noop("%(by)s ended that you act for %(person)s: the last day is %(ends_on)s.")
ACTED_FOR_NO_LONGER = gettext_noop(
    "%(by)s ended that %(delegate)s acts for you: the last day is %(ends_on)s."
)
ASSIGNED = gettext_noop("%(by)s gave you the position %(position)s in %(unit)s from %(starts_on)s.")
ASSIGNED_UNTIL = gettext_noop(
    "%(by)s gave you the position %(position)s in %(unit)s from %(starts_on)s to %(ends_on)s."
)
ENDED = gettext_noop("%(by)s ended your position %(position)s in %(unit)s: the last day is %(ends_on)s.")
ADDRESS = gettext_noop("%(by)s changed the e-mail address with which you log in.")
POWER = gettext_noop(
    "%(by)s changed what your position %(position)s gives, whether it leads, or whom it reports to."
)
STAFFED = gettext_noop("%(by)s put you into the project “%(project)s”: %(share)s percent of your time.")
MENTORED = gettext_noop("%(by)s gave you a mentor: %(mentor)s.")
MENTORS = gettext_noop("%(by)s made you the mentor of %(mentee)s.")
POWERS = {"abilities", "leads", "reports_to"}


def tell_concerned(*, event: Event, at: datetime) -> list[Notice]:
    """Tell whom the event concerns, each once and about themselves; not whoever did it."""
    by = Person.objects.filter(pk=event.by or 0).first()
    if by is None:  # the system itself: what is loaded from files is no surprise to anybody
        return []
    # Delegations of each of somebody's posts, named in one go, are one piece of news.
    which = (
        f"{event.name}:{event.subject}:{event.at:%Y%m%d%H%M%S%f}"
        if "delegation" in event.fields
        else event.pk
    )
    key = f"concerned:{which}"
    told: list[Notice] = []
    for person, text, fields in _tellings(event, at):
        if person.pk != by.pk:
            told += notify(
                people=[person], text=text, fields={"by": by, **fields}, subject=person,
                key=key, by=by, at=at,
            )  # fmt: skip
    return told


def _tellings(event: Event, at: datetime) -> Iterator[Telling]:
    fields, subject = event.fields, _subject(event)
    if event.name == events.PROJECT_JOINED.name:
        project = Project.objects.get(code=fields["project"])
        person = Person.objects.get(pk=fields["person"])
        yield person, STAFFED, {"project": project, "share": fields["share"]}
        return
    if subject is None:
        yield from _of_position(event, at)
        return
    match event.name:
        case events.ABSENCE_ADDED.name:
            yield subject, AWAY, _days(fields)
        case events.ABSENCE_REMOVED.name:
            yield subject, NOT_AWAY, _days(fields)
        case events.DELEGATED.name:
            yield from _acting(subject, fields, (ACTS, ACTS_UNTIL), (ACTED_FOR, ACTED_FOR_UNTIL))
        case events.DELEGATION_ENDED.name:
            yield from _acting(subject, fields, (ACTS_NO_LONGER,), (ACTED_FOR_NO_LONGER,))
        case events.ASSIGNED.name:
            yield subject, ASSIGNED_UNTIL if fields["ends_on"] else ASSIGNED, _post(fields) | _days(fields)
        case events.ASSIGNMENT_ENDED.name:
            yield subject, ENDED, _post(fields) | _days(fields)
        case events.PERSON_CHANGED.name if "email" in fields["changed"]:
            yield subject, ADDRESS, {}
        case events.MENTORING_BEGUN.name:
            pair = Mentoring.objects.select_related("mentor", "mentee").get(pk=fields["mentoring"])
            yield pair.mentee, MENTORED, {"mentor": pair.mentor}
            yield pair.mentor, MENTORS, {"mentee": pair.mentee}


def _acting(
    person: Person, fields: Told, acts: tuple[str, ...], acted_for: tuple[str, ...]
) -> Iterator[Telling]:
    """Both sides of a delegation; the last of the texts is for one that has an end."""
    which = -1 if fields["ends_on"] else 0
    delegate = Person.objects.get(pk=fields["delegate"])
    yield delegate, acts[which], {"person": person, **_days(fields)}
    yield person, acted_for[which], {"delegate": delegate, **_days(fields)}


def _of_position(event: Event, at: datetime) -> Iterator[Telling]:
    """The holders of a position whose power was changed."""
    ref = Ref.parse(event.subject) if event.subject else None
    if event.name != events.POSITION_CHANGED.name or ref is None or not POWERS & set(event.fields["changes"]):
        return
    position = Position.objects.get(pk=ref.id)
    held = Assignment.objects.filter(held_from(company_day(at)), position=position)
    for person in Person.objects.filter(pk__in=held.values("person")).order_by("pk"):
        yield person, POWER, {"position": position}


def _subject(event: Event) -> Person | None:
    ref = Ref.parse(event.subject) if event.subject else None
    return Person.objects.filter(pk=ref.id).first() if ref and ref.kind == "person" else None


def _days(fields: Told) -> Told:
    return {name: str(fields[name]) for name in ("starts_on", "ends_on") if fields.get(name)}


def _post(fields: Told) -> Told:
    return {
        "position": Position.objects.get(code=fields["position"]),
        "unit": Unit.objects.get(code=fields["unit"]),
    }
