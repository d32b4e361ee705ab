"""The green channel waives papers and lead times now, and never forgets them."""

from datetime import timedelta

import pytest

from remit.core.ref import Ref
from remit.governance.actions.clock import tick
from remit.governance.actions.paper import NoPaper, NotAsked, give_paper
from remit.governance.actions.policy import ChangedMeanwhile, NothingChanged, publish_version, read_clauses
from remit.governance.actions.request import NotTaken, ask_for_green, open_request, submit, withdraw
from remit.governance.clauses import UnreadableClause
from remit.governance.enums import StepState
from remit.governance.models import Paper, Policy, Step
from remit.governance.queries.papers import papers_owed_by
from remit.governance.queries.policies import changes_of, replay
from remit.governance.rules import can_give_paper, can_sign, can_submit, can_withdraw, requests_visible_to
from remit.notices.models import Notice

from .conftest import AT, BOTH, DAY, clause, step

ESTIMATE = {"code": "estimate", "title": {"zh": "預估", "en": "Estimate"}}
STRICT = clause(
    steps=[step()], papers=[ESTIMATE], lead={"days": 15, "before": "starts_on"},
    green={"days": 5, "quota": 2, "period": "month"},
)  # fmt: skip
THING = Ref("estimate", 1)


def urgent(house, by="ana", *, at=AT, starts_on="2026-03-10"):
    request = open_request(kind="note", subject=house.note(starts_on=starts_on), by=house[by], at=at)
    ask_for_green(request=request, reason="對手先開檔", by=house[by], at=at)
    submit(request=request, by=house[by], at=at)
    return request


def test_what_is_missing_is_owed_within_working_days(house):
    house.policy(STRICT)
    request = urgent(house)
    owed = Paper.objects.get(request=request)
    assert owed.due_at.astimezone(tz=None).date() == DAY + timedelta(days=7)  # five working days
    assert list(papers_owed_by(house["ana"])) == [owed]
    house.signs("dora", request)
    give_paper(request=request, code="estimate", thing=THING, by=house["ana"], at=AT)
    assert list(papers_owed_by(house["ana"])) == []


def test_it_is_open_as_often_as_its_quota_says_and_not_while_a_paper_is_overdue(house):
    house.policy(STRICT)
    first = urgent(house)
    later = AT + timedelta(days=10)
    with pytest.raises(NotTaken, match="overdue"):
        urgent(house, at=later)
    give_paper(request=first, code="estimate", thing=THING, by=house["ana"], at=later)
    second = urgent(house, at=later)
    give_paper(request=second, code="estimate", thing=THING, by=house["ana"], at=later)
    with pytest.raises(NotTaken, match="as often as it may be"):
        urgent(house, at=later)
    urgent(house, at=AT + timedelta(days=31), starts_on="2026-04-05")  # another month


def test_submitted_again_it_counts_once(house):
    house.policy(STRICT)
    request = urgent(house)
    withdraw(request=request, by=house["ana"], at=AT)
    submit(request=request, by=house["ana"], at=AT)
    urgent(house)


def test_without_a_clause_that_opens_it_it_is_closed(house):
    house.policy(clause(steps=[step()]))
    with pytest.raises(NotTaken, match="No clause opens the green channel"):
        urgent(house)


def test_a_paper_is_one_file_or_one_thing_and_only_when_it_is_asked_for(house):
    house.policy(clause(steps=[step()], papers=[ESTIMATE]))
    request = open_request(kind="note", subject=house.note(), by=house["ana"], at=AT)
    with pytest.raises(NoPaper):
        give_paper(request=request, code="estimate", by=house["ana"], at=AT)
    with pytest.raises(NotTaken, match="A document is missing: Estimate"):
        submit(request=request, by=house["ana"], at=AT)
    give_paper(request=request, code="estimate", thing=THING, by=house["ana"], at=AT)
    submit(request=request, by=house["ana"], at=AT)
    request.refresh_from_db()
    with pytest.raises(NotAsked):
        give_paper(request=request, code="estimate", thing=THING, by=house["ana"], at=AT)
    assert not can_give_paper(house["ana"], request)


def test_the_clock_reminds_takes_up_and_says_what_is_overdue_once(house):
    house.policy(STRICT)
    request = urgent(house)
    due = Step.objects.get(round__request=request).due_at
    assert tick(at=due - timedelta(hours=2)).reminded == 1
    assert tick(at=due - timedelta(hours=1)).reminded == 0
    assert tick(at=due).escalated == 1
    assert tick(at=due + timedelta(hours=1)).escalated == 0
    one = Step.objects.select_related("round__request", "position", "place").get(round__request=request)
    assert can_sign(house["chief"], one, DAY)
    assert can_sign(house["dora"], one, DAY)
    owed = Paper.objects.get(request=request)
    assert tick(at=owed.due_at).overdue == 1
    assert tick(at=owed.due_at + timedelta(days=1)).overdue == 0
    told = Notice.objects.filter(text__contains="green channel, is overdue")
    assert sorted(told.values_list("person__name", flat=True)) == ["ana", "dora"]
    house.signs("chief", request, at=due + timedelta(hours=1))
    request.refresh_from_db()
    assert request.state == "approved"


def test_a_version_is_tried_on_the_past_before_it_is_published(house):
    house.policy(clause(steps=[step()]))
    house.asked(money=100.0)
    house.asked(money=900.0)
    house.asked(money=900.0, is_major=True)
    tried = read_clauses(
        "note",
        [
            clause("C1", steps=[step()]),
            clause("C2", when="money > 500.0", steps=[step("finance_director", stage=2, where="top")]),
            clause("C3", when="is_major", refuse=True),
        ],
    )
    rows = replay(Policy.objects.get(kind="note"), tried)
    assert changes_of(rows) == {"same": 1, "other": 1, "refused": 1}
    assert replay(Policy.objects.get(kind="note"), tried, limit=1)[0].round.request.pk == max(
        row.round.request.pk for row in rows
    )


def test_a_version_is_published_once_and_on_top_of_what_its_author_saw(house):
    house.policy(*BOTH)
    with pytest.raises(NothingChanged):
        house.policy(*BOTH)
    own = {"kind": "note", "reason": "試", "by": None, "at": AT}
    publish_version(rows=[clause(steps=[step()])], after=1, **own)
    with pytest.raises(ChangedMeanwhile, match="Version 2"):
        publish_version(rows=[clause("C9", steps=[step()])], after=1, **own)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([clause(steps=[step("emperor")])], "no position 'emperor'"),
        ([clause(steps=[step(role="nobody")])], "no role 'nobody'; this kind has: lead, arbiter"),
    ],
)
def test_who_signs_has_to_be_known_here(house, rows, why):
    with pytest.raises(UnreadableClause) as error:
        house.policy(*rows)
    assert why in str(error.value)


def test_who_sees_and_may_do_what(house):
    house.policy(*BOTH)
    request = house.asked("ben", unit="east")
    names = {name for name, person in house.people.items() if requests_visible_to(person, DAY).exists()}
    assert names == set(house.people)
    house.person("wes", "market_analyst", "west")
    assert not requests_visible_to(house["wes"], DAY).exists()
    assert can_withdraw(house["ben"], request)
    assert not can_withdraw(house["eva"], request)
    assert not can_submit(house["ben"], request)
    one = Step.objects.select_related("round__request", "position", "place").get(state=StepState.OPEN)
    assert can_sign(house["eva"], one, DAY)
    assert can_sign(house["ben"], one, DAY).clause == "H4.3.3"
    assert can_sign(house["ana"], one, DAY).clause == "H5.1.1"
