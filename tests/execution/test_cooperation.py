"""Another department is asked two weeks ahead, and answers what is feasible (H5.1.2)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.execution.actions.cooperation import (
    CooperationUnclear,
    NotAtThisStage,
    accept_answer,
    add_cooperation_file,
    change_cooperation,
    confirm_done,
    drop_cooperation,
    report_done,
    send_back,
)
from remit.execution.actions.feasibility import AnswerUnclear, sign_answer
from remit.execution.models import Cooperation, FeasibilityAnswer
from remit.execution.queries.cooperation import is_late, to_do, to_see_to
from remit.files.actions import store_file
from remit.governance.actions.clock import tick
from remit.governance.actions.request import NotTaken, withdraw
from remit.governance.actions.signature import ChangedSinceOpened, NotAnswered, NotYours, sign
from remit.governance.enums import Decision
from remit.governance.models import Signature, Step
from remit.governance.queries.rounds import approved_now
from remit.notices.models import Notice

from ..governance.conftest import AT, DAY
from .cooperating import (
    ANSWERS,
    NEEDED_ON,
    answered,
    promised,
    request_of,
    sent,
    shown,
    signed,
    with_depot,
    written,
)


@pytest.fixture
def house(db):
    return with_depot()


def state(row: Cooperation) -> str:
    row.refresh_from_db()
    return row.state


# -- two weeks ahead ----------------------------------------------------------------------------


def test_less_than_two_weeks_ahead_is_refused_with_the_clause_and_its_code(house):
    row = written(house, needed_on=NEEDED_ON - timedelta(days=1))
    with pytest.raises(NotTaken) as refused:
        sent(house, row)
    (sentence,) = refused.value.sentences
    assert sentence.endswith("(1 · H5.1.2)") and "1 Mar 2026" in sentence
    assert state(row) == "asking" and row.asked_at is None


def test_exactly_two_weeks_ahead_it_lies_before_the_head_of_the_asked_unit(house):
    row = written(house)
    sent(house, row)
    (step,) = Step.objects.filter(round__request=request_of(row))
    assert (step.role, step.state, localdate(step.due_at)) == ("asked_lead", "open", date(2026, 3, 5))
    assert Notice.objects.filter(person=house["ken"]).count() == 1
    assert state(row) == "asking" and row.asked_at == AT


def test_the_green_channel_lets_it_through_twice_a_quarter(house):
    for _ in range(2):
        sent(house, written(house, needed_on=date(2026, 3, 4)), green="颱風改道")
    with pytest.raises(NotTaken) as refused:
        sent(house, written(house, needed_on=date(2026, 3, 4)), green="又一次")
    assert refused.value.judgement.refusals[0].kind == "quota"


def test_what_is_of_ones_own_department_or_for_nothing_is_not_taken(house):
    for more in ({"asked_unit": house.units["shop"]}, {"purpose": ""}):
        with pytest.raises(NotTaken) as refused:
            sent(house, written(house, **more))
        assert [one.kind for one in refused.value.judgement.refusals] == ["refused"]


def test_a_department_that_is_a_position_is_asked_through_its_holder(house):
    row = written(house, asked_unit=house.units["shop"], asked_position=house.positions["logistics_lead"])
    sent(house, row)
    answered(house, row, by="leo")
    with pytest.raises(NotYours):
        signed(house, row, "dora")
    signed(house, row, "leo")
    assert state(row) == "promised"


# -- the answer ---------------------------------------------------------------------------------


def test_plainly_feasible_and_signed_it_is_promised_at_once(house):
    row = promised(house)
    assert row.state == "promised" and row.accepted_at == AT
    assert row.signature.signer == house["ken"]
    names = list(Event.objects.filter(name__startswith="planning.cooperation").order_by("pk"))
    assert [event.name.rpartition(".")[2] for event in names] == [
        "added", "asked", "answer_written", "answered", "promised",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["conditional", "later"])
def test_on_conditions_or_later_it_is_promised_when_the_asker_accepts(house, kind):
    row = written(house)
    sent(house, row)
    answered(house, row, kind)
    signed(house, row)
    assert state(row) == "answered" and row.accepted_at is None
    accept_answer(cooperation=row, by=house["ana"], at=AT)
    assert state(row) == "promised"
    with pytest.raises(NotAtThisStage):
        accept_answer(cooperation=row, by=house["ana"], at=AT)


def test_not_feasible_ends_it_with_the_reason_and_another_may_be_asked(house):
    row = written(house)
    sent(house, row)
    answered(house, row, "not_feasible")
    signed(house, row)
    assert state(row) == "declined" and row.end_reason == ANSWERS["not_feasible"]["reason"]
    with pytest.raises(NotAtThisStage):
        drop_cooperation(cooperation=row, reason="x", by=house["ana"], at=AT)
    sent(house, written(house))


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("feasible", {"due_on": NEEDED_ON + timedelta(days=1)}),
        ("feasible", {"due_on": None}),
        ("feasible", {"due_on": DAY - timedelta(days=1)}),
        ("conditional", {"conditions": " "}),
        ("later", {"from_on": None}),
        ("later", {"from_on": date(2026, 3, 26)}),
        ("later", {"due_on": NEEDED_ON, "from_on": NEEDED_ON}),
        ("not_feasible", {"reason": ""}),
    ],
)
def test_an_answer_says_what_it_needs_to(house, kind, wrong):
    row = written(house)
    sent(house, row)
    with pytest.raises(AnswerUnclear):
        answered(house, row, kind, **wrong)
    assert not FeasibilityAnswer.objects.exists()


def test_without_an_answer_the_head_can_only_return_it(house):
    row = written(house)
    sent(house, row)
    step = Step.objects.get(round__request=request_of(row))
    for decision in (Decision.APPROVE, Decision.REFUSE):
        with pytest.raises(NotAnswered):
            sign(step=step, decision=decision, shown=shown(row), by=house["ken"], at=AT, reason="因為")
    sign_answer(cooperation=row, shown=shown(row), by=house["ken"], at=AT, returned="要幾班？")
    assert request_of(row).state == "returned" and state(row) == "asking"
    sent(house, row)
    assert request_of(row).state == "submitted"


def test_the_decision_is_the_one_that_the_answer_says(house):
    row = written(house)
    sent(house, row)
    answered(house, row, "not_feasible")
    step = Step.objects.get(round__request=request_of(row))
    with pytest.raises(NotAnswered):
        sign(step=step, decision=Decision.APPROVE, shown=shown(row), by=house["ken"], at=AT)
    assert not Signature.objects.exists()


def test_only_the_head_signs_or_whoever_acts_for_the_head(house):
    row = written(house)
    sent(house, row)
    answered(house, row)
    for name in ("lin", "ana", "dora"):
        with pytest.raises(NotYours):
            signed(house, row, name)
    house.away("ken", "lin")
    signature = signed(house, row, "lin")
    assert (signature.signer, signature.principal) == (house["lin"], house["ken"])
    assert state(row) == "promised"


def test_late_to_answer_it_goes_up(house):
    row = written(house)
    sent(house, row)
    late = AT + timedelta(days=5)
    assert tick(at=late).escalated == 1
    answered(house, row, by="chief", at=late)
    signed(house, row, "chief", at=late)
    assert state(row) == "promised"


# -- what is signed -----------------------------------------------------------------------------


def test_an_answer_that_changed_since_it_was_shown_is_not_signed(house):
    row = written(house)
    sent(house, row)
    answered(house, row)
    before = shown(row)
    answered(house, row, due_on=DAY)
    with pytest.raises(ChangedSinceOpened):
        sign_answer(cooperation=row, shown=before, by=house["ken"], at=AT)
    assert state(row) == "asking"


def test_an_edit_of_the_request_reopens_it_and_it_is_judged_anew(house):
    row = promised(house)
    change_cooperation(cooperation=row, effort_days=Decimal("40.0"), by=house["ana"], at=AT)
    assert state(row) == "asking" and row.signature is None and row.accepted_at is None
    assert request_of(row).state == "revoked"
    with pytest.raises(NotTaken):
        sent(house, row, at=AT + timedelta(days=1))
    sent(house, row)
    signed(house, row)
    assert state(row) == "promised"


def test_an_edit_that_changes_nothing_leaves_the_promise(house):
    row = promised(house)
    change_cooperation(cooperation=row, title=row.title, by=house["ana"], at=AT)
    assert state(row) == "promised"


def test_a_paper_is_part_of_what_is_signed(house, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    row = promised(house)
    said = {"owner": house["ana"], "scope": house.units["shop"], "by": house["ana"], "at": AT}
    file = store_file(content=[b"two shifts"], name="班表.txt", **said)
    add_cooperation_file(cooperation=row, file=file, by=house["ana"], at=AT)
    assert state(row) == "asking" and request_of(row).state == "revoked"


def test_a_signed_answer_that_changes_is_signed_again_on_the_same_terms(house):
    row = promised(house)
    later = AT + timedelta(days=3)  # less than two weeks ahead now: the request itself is as it was
    answered(house, row, "later", at=later)
    assert state(row) == "asking" and request_of(row).state == "submitted"
    assert not approved_now("cooperation", Ref("cooperation", row.pk))
    signed(house, row, at=later)
    assert state(row) == "answered"
    rounds = list(request_of(row).rounds.order_by("number").values_list("number", "outcome"))
    assert rounds == [(1, "approved"), (2, "approved")]
    assert Event.objects.filter(name="governance.answer.changed").count() == 1


def test_past_the_actions_nothing_counts_that_differs_from_what_was_signed(house):
    row = written(house)
    sent(house, row)
    answered(house, row, "conditional")
    signed(house, row)
    FeasibilityAnswer.objects.update(conditions="無")
    verdict = approved_now("cooperation", Ref("cooperation", row.pk))
    assert not verdict and verdict.clause == "H5.1.1"
    with pytest.raises(ValueError, match=str(verdict.reason)):
        accept_answer(cooperation=row, by=house["ana"], at=AT)


def test_the_database_holds_that_a_promise_is_signed(house):
    row = written(house)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cooperation.objects.filter(pk=row.pk).update(state="promised", accepted_at=AT)


# -- what was promised --------------------------------------------------------------------------


def test_done_is_reported_and_confirmed(house):
    row = promised(house)
    report_done(cooperation=row, note="兩班到位", by=house["leo"], at=AT)
    assert state(row) == "done" and row.done_by == house["leo"]
    send_back(cooperation=row, reason="第二班未到", by=house["ana"], at=AT)
    assert state(row) == "promised" and row.done_by is None
    report_done(cooperation=row, note="", by=house["leo"], at=AT)
    confirm_done(cooperation=row, by=house["ana"], at=AT)
    assert state(row) == "confirmed" and row.ended_at == AT
    with pytest.raises(NotAtThisStage):
        change_cooperation(cooperation=row, title="x", by=house["ana"], at=AT)


def test_what_is_due_waits_for_who_does_it_and_what_is_late_also_for_who_asked(house):
    row = promised(house)
    doing, asking = house["leo"], house["ana"]
    assert list(to_do(doing, NEEDED_ON - timedelta(days=1))) == []
    assert list(to_do(doing, NEEDED_ON)) == [row]
    assert list(to_see_to(asking, NEEDED_ON)) == []
    assert list(to_see_to(asking, NEEDED_ON + timedelta(days=1))) == [row]
    assert not is_late(row, NEEDED_ON) and is_late(row, NEEDED_ON + timedelta(days=1))
    report_done(cooperation=row, note="", by=doing, at=AT)
    assert list(to_do(doing, NEEDED_ON)) == []
    assert list(to_see_to(asking, NEEDED_ON)) == [row]


def test_what_is_no_longer_needed_is_dropped_with_a_reason(house):
    row = written(house)
    sent(house, row)
    with pytest.raises(CooperationUnclear):
        drop_cooperation(cooperation=row, reason=" ", by=house["ana"], at=AT)
    drop_cooperation(cooperation=row, reason="活動取消", by=house["ana"], at=AT)
    assert state(row) == "dropped" and request_of(row).state == "withdrawn"


def test_what_was_withdrawn_is_not_answered(house):
    row = written(house)
    sent(house, row)
    withdraw(request=request_of(row), by=house["ana"], at=AT)
    with pytest.raises(NotAtThisStage):
        answered(house, row)
