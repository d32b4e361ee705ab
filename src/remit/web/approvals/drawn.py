"""All that the page of a request shows."""

from datetime import datetime
from itertools import groupby
from typing import Any

from remit.core.ref import Ref
from remit.governance.content import differences
from remit.governance.deciding import Hand, Judgement
from remit.governance.enums import CAN_BE_SUBMITTED, Decision, RequestState
from remit.governance.kinds import kind_of
from remit.governance.models import Paper, Request, Round, Step
from remit.governance.queries.requests import (
    changes_between,
    content_now,
    content_of,
    judged_now,
    papers_of,
    rounds_of,
    signed_in,
)
from remit.governance.queries.rounds import digest_to_sign
from remit.governance.queries.routes import Stop, steps_to_sign, way_of, way_to_come
from remit.governance.rules import can_give_paper, can_submit, can_withdraw
from remit.governance.words import citation, sentences_of
from remit.org.deciding import Organisation
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.people import people_by_id
from remit.org.queries.today import company_day

from ..refs import resolve_all
from .content import answer_lines, changed_lines, lines_of
from .forms import GreenForm, PaperForm
from .words import kind_title, language, signer_of, title_of, tone_of

CAME_BACK = (RequestState.RETURNED, RequestState.REFUSED, RequestState.WITHDRAWN, RequestState.REVOKED)
SETTLED = (RequestState.APPROVED, RequestState.REFUSED)  # what is answered is said to the asker from here on


def page_of(one: Request, person: Person, at: datetime) -> dict[str, Any]:
    """The context of the page."""
    on = company_day(at)
    organisation = organisation_on(on)
    rounds = rounds_of(one)
    kind = kind_of(one.kind)
    is_open = one.state in CAN_BE_SUBMITTED
    judged = judged_now(one, on) if is_open else None
    content = content_now(one) if is_open or not rounds else content_of(rounds[0])
    stops = _stops(one, rounds, judged, on, organisation)
    mine = steps_to_sign(one, person, on, organisation)
    return {
        "one": one, "title": title_of(one), "kind": kind_title(one.kind), "tone": tone_of(one), "at": at,
        "lines": lines_of(kind, content), "changed": _changed(one, rounds, content), "judged": judged,
        "objections": sentences_of(judged) if judged else [],
        "stages": _stages(stops, one.kind), "is_planned": is_open,
        "papers": _papers(one, rounds, judged, person), "rounds": rounds, **_decided(one, rounds),
        "may_submit": can_submit(person, one), "may_withdraw": can_withdraw(person, one),
        "may_give": can_give_paper(person, one), "mine": mine,
        "shown": digest_to_sign(rounds[0]) if rounds else "",
        "answered": answer_lines(kind, kind.answer(one.ref)) if mine or one.state in SETTLED else [],
        "is_answered": kind.answering is not None,
        "for_whom": _for_whom(mine, person), "subject": resolve_all(person, [one.ref]).get(one.ref),
        "green": GreenForm(initial={"reason": one.green_reason}), "paper_form": PaperForm(),
    }  # fmt: skip


def _decided(one: Request, rounds: list[Round]) -> dict[str, Any]:
    """What was decided in each round; and what sent it back, while that is the last word."""
    if len(rounds) < 2 and one.state not in CAME_BACK:
        return {"history": [(row, []) for row in rounds], "sent_back": []}
    signed = signed_in([one]).get(one.pk, [])
    history = [(row, [each for each in signed if each.step.round_id == row.pk]) for row in rounds]
    last = history[0][1] if history and one.state in (RequestState.RETURNED, RequestState.REFUSED) else []
    return {"history": history, "sent_back": [each for each in last if each.decision != Decision.APPROVE]}


def signatures_of(one: Request, at: datetime) -> list[tuple[int, list[dict[str, Any]]]]:
    """The steps of its newest round by stage, as its page shows them; before any, the way to come."""
    on = company_day(at)
    judged = judged_now(one, on) if one.state in CAN_BE_SUBMITTED else None
    return _stages(_stops(one, rounds_of(one), judged, on, organisation_on(on)), one.kind)


def _stops(
    one: Request, rounds: list[Round], judged: Judgement | None, on: Any, organisation: Organisation
) -> list[Stop]:
    if judged is not None:
        return way_to_come(one, judged, on, organisation)
    return way_of(rounds[0], on, organisation) if rounds else []


def _stages(stops: list[Stop], kind: str) -> list[tuple[int, list[dict[str, Any]]]]:
    """Steps by stage; each with who signs, who may, what was said, and the clause that asks for it."""
    known = people_by_id({person for stop in stops for person in stop.people})
    rows: list[dict[str, Any]] = [
        {
            "stop": stop,
            "signer": signer_of(stop, kind),
            "people": [known[person] for person in stop.people if person in known],
            "clause": citation(stop.clause) if stop.clause else "",
            "is_over": stop.state in ("done", "opposed", "closed"),
        }
        for stop in stops
    ]
    return [(stage, list(group)) for stage, group in groupby(rows, key=lambda row: row["stop"].stage)]


def _papers(
    one: Request, rounds: list[Round], judged: Judgement | None, person: Person
) -> list[dict[str, Any]]:
    """Documents that clauses ask for, and those that are there; each given, owed or missing."""
    given = papers_of(one)
    needed = {each.paper.code: each for each in judged.papers} if judged else {}
    titles = {code: each.paper.title for code, each in needed.items()}
    if not judged and rounds:
        clauses = rounds[0].version.read()
        titles = {paper.code: paper.title for clause in clauses for paper in clause.papers}
    things = [Ref.parse(paper.thing) for paper in given.values() if paper.thing]
    subjects = {str(ref): subject for ref, subject in resolve_all(person, things).items()}
    codes = list(dict.fromkeys([*needed, *given]))
    made = kind_of(one.kind).papers
    return [
        {
            "code": code,
            "title": titles[code].say(language()) if code in titles else code,
            "paper": given.get(code),
            "subject": subjects.get(given[code].thing) if code in given else None,
            "clause": citation(needed[code].clause) if code in needed else "",
            "is_thing": code in made,
            "state": _state(given.get(code)),
        }
        for code in codes
    ]


def _state(paper: Paper | None) -> str:
    if paper is None:
        return "missing"
    return "owed" if paper.given_at is None else "given"


def _changed(one: Request, rounds: list[Round], content: Any) -> list[Any]:
    """What differs from what was signed before: from the newest round, or of it from the one before."""
    kind = kind_of(one.kind)
    if one.state in (RequestState.REVOKED, RequestState.RETURNED, RequestState.WITHDRAWN) and rounds:
        return changed_lines(kind, differences(content_of(rounds[0]), content), content)
    if len(rounds) > 1 and one.state == RequestState.SUBMITTED:
        return changed_lines(kind, changes_between(rounds[1], rounds[0]), content)
    return []


def _for_whom(mine: list[tuple[Step, Hand]], person: Person) -> Person | None:
    """For whom the person would sign, where it is not themselves."""
    absent = [hand.principal for _step, hand in mine[:1] if hand.principal != person.pk]
    return people_by_id(absent).get(absent[0]) if absent else None
