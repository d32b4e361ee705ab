"""Requests are signed by the people of the policy, on exactly what they saw, each person once."""

import pytest
from django.db import IntegrityError, transaction

from remit.governance.actions.request import (
    NoPolicy,
    NotNow,
    NotTaken,
    content_changed,
    open_request,
    submit,
    withdraw,
)
from remit.governance.actions.signature import (
    AlreadyDecided,
    ChangedSinceOpened,
    NotYours,
    ReasonMissing,
    sign,
)
from remit.governance.enums import Decision, RequestState, StepState
from remit.governance.models import Part, Request
from remit.governance.queries.inbox import steps_for, steps_nobody_can_sign
from remit.governance.queries.rounds import approved_now, changes_since
from remit.governance.rules import can_sign, can_submit
from remit.org.queries.organisation import organisation_on

from .conftest import AT, BOTH, DAY, clause, step
from .notes import NOTES


def inbox(house, name: str) -> list[int]:
    return [one.round.request_id for one, _hand in steps_for(house[name], DAY, organisation_on(DAY))]


def state(request: Request) -> str:
    return Request.objects.get(pk=request.pk).state


def test_it_is_approved_with_the_last_signature_and_not_before(house):
    house.policy(*BOTH)
    request = house.asked()
    ref = request.ref
    assert (state(request), inbox(house, "dora"), inbox(house, "fay")) == ("submitted", [request.pk], [])
    assert approved_now("note", ref).reason == "Not everybody has signed this yet."
    house.signs("dora", request)
    assert (state(request), NOTES[ref.id].put_up) == ("submitted", 0)
    assert (inbox(house, "dora"), inbox(house, "fay")) == ([], [request.pk])
    house.signs("fay", request)
    assert (state(request), NOTES[ref.id].put_up, bool(approved_now("note", ref))) == ("approved", 1, True)


def test_without_a_policy_nothing_is_approved_by_itself(house):
    request = open_request(kind="note", subject=house.note(), by=house["ana"], at=AT)
    with pytest.raises(NoPolicy):
        submit(request=request, by=house["ana"], at=AT)


def test_when_no_clause_asks_for_a_signature_it_is_refused(house):
    house.policy(clause(when="is_major", steps=[step()]))
    with pytest.raises(NotTaken, match="nothing is approved by itself"):
        house.asked(is_major=False)


def test_nobody_signs_what_they_asked_for_their_superior_does(house):
    house.policy(clause(steps=[step()]))
    request = house.asked("dora")
    with pytest.raises(NotYours):
        house.signs("dora", request)
    assert inbox(house, "chief") == [request.pk]
    house.signs("chief", request)
    assert state(request) == "approved"


def test_nobody_signs_what_is_their_own_whoever_submitted_it(house):
    house.policy(*BOTH)
    request = house.asked(own=(house["dora"].pk,))
    with pytest.raises(NotYours):
        house.signs("dora", request)
    step = house.open_steps(request)[0]
    assert can_sign(house["dora"], step, DAY).reason == "This is your own: others sign it."
    assert (inbox(house, "dora"), inbox(house, "chief")) == ([], [request.pk])
    house.away("dora", "eva")
    with pytest.raises(NotYours):
        house.signs("eva", request)  # for dora
    house.signs("chief", request)
    house.signs("fay", request)
    assert state(request) == "approved"


def test_whose_author_has_left_is_submitted_again_by_who_owns_it(house):
    house.policy(*BOTH)
    request = house.asked(own=(house["ben"].pk,))
    house.signs("dora", request, Decision.RETURN)
    request.refresh_from_db()
    assert not can_submit(house["ben"], request)
    house["ana"].is_active = False
    house["ana"].save()
    request.refresh_from_db()
    assert (bool(can_submit(house["ben"], request)), bool(can_submit(house["eva"], request))) == (True, False)
    submit(request=request, by=house["ben"], at=AT)
    assert state(request) == "submitted"


def test_who_holds_both_positions_signs_once_and_the_superior_signs_the_other(house):
    house.post("dora", "finance_director", "group")
    house.people["fay"].is_active = False
    house["fay"].save()
    house.policy(*BOTH)
    request = house.asked()
    house.signs("dora", request)
    with pytest.raises(NotYours):
        house.signs("dora", request)
    assert inbox(house, "chief") == [request.pk]
    house.signs("chief", request)
    assert state(request) == "approved"


def test_a_delegate_signs_for_the_absent_and_neither_of_them_signs_again(house):
    house.away("dora", "eva")
    house.post("dora", "finance_director", "group")
    house.policy(*BOTH)
    request = house.asked()
    assert inbox(house, "eva") == [request.pk]
    signature = house.signs("eva", request)
    assert (signature.signer.name, signature.principal.name) == ("eva", "dora")
    with pytest.raises(NotYours):
        house.signs("eva", request)  # as delegate of dora, who is a finance director too
    house.signs("fay", request)
    assert state(request) == "approved"


def test_the_delegate_of_the_author_does_not_sign_for_the_author(house):
    house.away("dora", "eva")
    house.policy(clause(steps=[step()]))
    request = house.asked("dora")
    with pytest.raises(NotYours):
        house.signs("eva", request)
    assert inbox(house, "eva") == []
    assert inbox(house, "chief") == [request.pk]


def test_the_database_refuses_a_second_part_in_a_round(house):
    house.policy(*BOTH)
    request = house.asked()
    row = request.rounds.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.create(round=row, person=house["ana"])


def test_a_signature_is_on_what_was_shown(house):
    house.policy(*BOTH)
    request = house.asked()
    (one,) = house.open_steps(request)
    with pytest.raises(ChangedSinceOpened):
        sign(step=one, decision=Decision.APPROVE, shown="0" * 64, by=house["dora"], at=AT)
    NOTES[request.ref.id].money = 999.0  # a room that forgot to say that its content changed
    with pytest.raises(ChangedSinceOpened):
        house.signs("dora", request)
    assert state(request) == "submitted"


@pytest.mark.parametrize("signers", [[], ["dora"], ["dora", "fay"]])
def test_an_edit_revokes_what_was_signed_and_shows_the_difference(house, signers):
    house.policy(*BOTH)
    request = house.asked()
    for name in signers:
        house.signs(name, request)
    NOTES[request.ref.id].money = 1500.0
    assert content_changed(subject=request.ref, by=house["ana"], at=AT) == [request]
    assert state(request) == "revoked"
    assert approved_now("note", request.ref).reason == "It was changed after it was signed: submit it again."
    assert changes_since(request.rounds.get()) == {"money": ("1000.0", "1500.0")}
    assert house.open_steps(request) == []
    submit(request=request, by=house["ana"], at=AT)
    for name in ("dora", "fay"):
        house.signs(name, request)
    assert state(request) == "approved"


def test_an_edit_that_changes_nothing_revokes_nothing(house):
    house.policy(*BOTH)
    request = house.asked()
    assert content_changed(subject=request.ref, by=house["ana"], at=AT) == []
    assert state(request) == "submitted"


@pytest.mark.parametrize(
    ("decision", "expected"), [(Decision.RETURN, "returned"), (Decision.REFUSE, "refused")]
)
def test_one_word_against_ends_the_round_with_its_reason(house, decision, expected):
    house.policy(*BOTH)
    request = house.asked()
    (one,) = house.open_steps(request)
    with pytest.raises(ReasonMissing):
        sign(step=one, decision=decision, shown=one.round.content_id, by=house["dora"], at=AT, reason=" ")
    house.signs("dora", request, decision)
    assert state(request) == expected
    with pytest.raises(AlreadyDecided):
        sign(step=one, decision="approve", shown=one.round.content_id, by=house["fay"], at=AT)
    if expected == "refused":
        with pytest.raises(NotNow):
            submit(request=request, by=house["ana"], at=AT)
        assert open_request(kind="note", subject=request.ref, by=house["ana"], at=AT).pk != request.pk
    else:
        submit(request=request, by=house["ana"], at=AT)
        assert [each.number for each in request.rounds.order_by("number")] == [1, 2]


def test_withdrawn_it_can_be_submitted_again(house):
    house.policy(*BOTH)
    request = house.asked()
    withdraw(request=request, by=house["ana"], at=AT)
    assert (state(request), house.open_steps(request)) == (RequestState.WITHDRAWN, [])
    with pytest.raises(NotNow):
        withdraw(request=request, by=house["ana"], at=AT)
    submit(request=request, by=house["ana"], at=AT)
    assert state(request) == "submitted"


def test_steps_of_one_stage_are_open_at_once_and_equal_ones_are_one(house):
    finance = step("finance_director", where="top")
    house.policy(clause("C1", steps=[step(), finance]), clause("C2", steps=[finance]))
    request = house.asked()
    assert len(house.open_steps(request)) == 2
    house.signs("fay", request)
    house.signs("dora", request)
    assert state(request) == "approved"


def test_a_step_of_everybody_waits_for_each_of_them(house):
    house.person("dan", "marketing_director")
    house.policy(clause(steps=[step(need="all")]))
    request = house.asked()
    house.signs("dora", request)
    assert state(request) == "submitted"
    house.signs("dan", request)
    assert state(request) == "approved"


def test_two_leads_who_disagree_come_before_the_arbiter(house):
    house.policy(clause(steps=[step(), step(role="lead"), step(role="arbiter", arbiter=True)]))
    roles = {"lead": (house["ben"].pk,), "arbiter": (house["chief"].pk,)}
    request = house.asked(roles=roles)
    house.signs("dora", request, Decision.REFUSE)
    assert (state(request), inbox(house, "chief")) == ("submitted", [])
    house.signs("ben", request)
    assert inbox(house, "chief") == [request.pk]
    house.signs("chief", request)
    assert state(request) == "approved"


def test_two_leads_who_agree_do_not_trouble_the_arbiter(house):
    house.policy(clause(steps=[step(), step(role="lead"), step(role="arbiter", arbiter=True)]))
    roles = {"lead": (house["ben"].pk,), "arbiter": (house["chief"].pk,)}
    request = house.asked(roles=roles)
    house.signs("dora", request)
    house.signs("ben", request)
    assert state(request) == "approved"
    assert StepState.CLOSED in request.rounds.get().steps.values_list("state", flat=True)


def test_a_request_keeps_the_version_that_it_was_submitted_by(house):
    house.policy(*BOTH)
    request = house.asked()
    house.policy(clause(steps=[step()]))
    house.signs("dora", request)
    assert state(request) == "submitted"
    assert request.rounds.get().version.number == 1
    assert house.asked().rounds.get().version.number == 2


def test_where_nobody_can_sign_it_waits_and_is_found(house):
    for name in ("dora", "chief", "eva"):
        house[name].is_active = False
        house[name].save()
    house.policy(clause(steps=[step()]))
    request = house.asked()
    assert [one.round.request_id for one in steps_nobody_can_sign(DAY, organisation_on(DAY))] == [request.pk]
