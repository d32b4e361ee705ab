"""Who is concerned by what another did to their posts, their days away or their account hears of it.

Reactions (config/reactions.py): power over somebody is not used behind their back.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.org import events
from remit.org.models import Assignment, Mentoring, Person, Position, Project, Unit
from remit.org.queries.assignments import held_from, holding_on
from remit.org.queries.organisation import heads_of, organisation_on
from remit.org.queries.today import company_day

from ..enums import Way
from ..models import Dispatch, Letter, Notice
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
LEFT = gettext_noop("%(by)s closed the account of %(person)s, who reported to you.")
HUNG = gettext_noop(
    "%(by)s hung the unit %(unit)s elsewhere: who stands above it, and who sees what is there, changed."
)
ANSWERS_INSTEAD = gettext_noop(
    "%(by)s gave %(person)s the position %(position)s in %(unit)s from %(starts_on)s:"
    " what you have answered for there goes to %(person)s."
)
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
            if text == ADDRESS and person.last_login is not None:
                _mail_former_address(event, told, at)
    return told


def _mail_former_address(event: Event, notices: list[Notice], at: datetime) -> None:
    """At once and whatever was wished: where the new address is another's, only the former one reaches them.

    Not before the first log-in: then the former one was a slip, and may be a stranger's.
    """
    former = event.personal_values.filter(field="former_address").values_list("value", flat=True).first()
    if former is None:
        return
    for notice in notices:
        letter = Letter.objects.create(
            way=Way.MAIL, person=notice.person, address=former, made_at=at, due_at=at
        )
        Dispatch.objects.update_or_create(
            notice=notice, way=Way.MAIL, unit=None, defaults={"due_at": at, "letter": letter}
        )


def _tellings(event: Event, at: datetime) -> Iterator[Telling]:
    fields, subject = event.fields, _subject(event)
    if event.name == events.PROJECT_JOINED.name:
        project = Project.objects.get(code=fields["project"])
        person = Person.objects.get(pk=fields["person"])
        yield person, STAFFED, {"project": project, "share": fields["share"]}
        return
    if subject is None:
        yield from _of_position(event, at)
        yield from _of_unit(event, at)
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
            yield from _answered_before(subject, fields)
        case events.ASSIGNMENT_ENDED.name:
            yield subject, ENDED, _post(fields) | _days(fields)
        case events.PERSON_CHANGED.name if "email" in fields["changed"]:
            yield subject, ADDRESS, {}
        case events.PERSON_LEFT.name:
            for person in _above(subject, company_day(at)):
                yield person, LEFT, {"person": subject}
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


def _of_unit(event: Event, at: datetime) -> Iterator[Telling]:
    """Who heads a unit that was hung elsewhere, and who heads where it hung and where it hangs."""
    if event.name != events.UNIT_MOVED.name:
        return
    on = company_day(at)
    organisation, moved = organisation_on(on), Unit.objects.get(code=event.fields["code"])
    around = Unit.objects.filter(code__in=[event.fields["from"], event.fields["to"]])
    heads = {pk for unit in (moved, *around) for pk in heads_of(unit, organisation, on)}
    for person in Person.objects.filter(pk__in=heads).order_by("pk"):
        yield person, HUNG, {"unit": moved}


def _answered_before(new: Person, fields: Told) -> Iterator[Telling]:
    """Who held the same position further up, and so answered for it in a unit where nobody did."""
    on = date.fromisoformat(fields["starts_on"])
    organisation, post = organisation_on(on), _post(fields)
    others = tuple(each for each in organisation.posts if each.id != fields["assignment"])
    before = replace(organisation, posts=others).holders(post["position"].pk, post["unit"].pk, on)
    passed = {each.person for each in before if each.unit != post["unit"].pk} - {new.pk}
    for person in Person.objects.filter(pk__in=passed).order_by("pk"):
        yield person, ANSWERS_INSTEAD, {"person": new, **post, "starts_on": fields["starts_on"]}


def _above(person: Person, on: date) -> list[Person]:
    """Who stood above somebody whose account was closed, by each post that they held."""
    organisation = organisation_on(on)
    held = Assignment.objects.filter(holding_on(on), person=person)
    above = {organisation.superior(post.position_id, post.unit_id, person.pk, on) for post in held}
    return list(Person.objects.filter(pk__in=[pk for pk in above if pk]).order_by("pk"))


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
