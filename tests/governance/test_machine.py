"""No sequence of edits, signatures, delegations, withdrawals and policies approves what is not whole.

Approved means: of the newest round, every step has its distinct people, none of them the author, each of
whom signed exactly what the subject contains now. The record stays unbroken.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from remit.audit.queries.verification import verify
from remit.governance.actions.request import (
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
from remit.governance.models import Part, Request, Step
from remit.governance.queries.rounds import approved_now, digest_now, newest_round
from remit.org.models import Absence, Delegation

from .conftest import AT, BOTH, House, built, clause, step
from .notes import NOTES

NAMES = ("ana", "ben", "dora", "eva", "fay", "chief")
POLICIES = (
    BOTH,
    [clause(steps=[step(), step("finance_director", where="top")])],
    [
        clause(steps=[step(need="all"), step("finance_director", stage=2, where="top")]),
        clause("C2", steps=[step("chief_executive", stage=3)]),
    ],
)
REFUSED = (NotNow, NotTaken, AlreadyDecided, ChangedSinceOpened, NotYours, ReasonMissing)
ACTS = st.one_of(
    st.tuples(
        st.just("sign"), st.sampled_from(NAMES), st.sampled_from(["approve"] * 6 + ["return", "refuse"])
    ),
    *[st.tuples(st.just("all"), st.just(""), st.just(""))] * 2,
    st.tuples(st.just("stale"), st.sampled_from(NAMES), st.just("approve")),
    st.tuples(st.just("submit"), st.just("ana"), st.just("")),
    st.tuples(st.just("withdraw"), st.just("ana"), st.just("")),
    st.tuples(st.just("edit"), st.just("ana"), st.sampled_from(["100", "200", "300"])),
    st.tuples(st.just("forget"), st.just("ana"), st.sampled_from(["100", "200"])),
    st.tuples(st.just("away"), st.sampled_from(NAMES), st.sampled_from(["", *NAMES])),
    st.tuples(st.just("back"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("policy"), st.just("chief"), st.sampled_from(["0", "1", "2"])),
)


class Bench:
    """One request and those who do things to it."""

    def __init__(self, own: str = "") -> None:
        self.house: House = built()
        self.house.policy(*BOTH)
        self.ref = self.house.note(own=(self.house[own].pk,) if own else ())
        self.seen = ""  # what somebody opened a while ago

    @property
    def request(self) -> Request | None:
        return Request.objects.filter(subject=str(self.ref)).order_by("-pk").first()

    def does(self, act: str, name: str, what: str) -> None:
        try:
            with transaction.atomic():
                getattr(self, f"_{act}")(name, what)
        except REFUSED:
            pass

    def _steps(self) -> list[Step]:
        rows = Step.objects.filter(round__request__subject=str(self.ref), state=StepState.OPEN)
        return list(rows.select_related("round__request").order_by("pk"))

    def _sign(self, name: str, decision: str) -> None:
        for one in self._steps():
            try:
                self.seen = self.seen or one.round.content_id
                sign(
                    step=one, decision=decision, shown=one.round.content_id, by=self.house[name], at=AT,
                    reason="因為",
                )  # fmt: skip
            except NotYours:
                continue
            return

    def _all(self, _name: str, _what: str) -> None:
        """Everybody tries to approve, in whatever order the database gives them."""
        for name in NAMES:
            self.does("sign", name, Decision.APPROVE)

    def _stale(self, name: str, decision: str) -> None:
        for one in self._steps():
            sign(step=one, decision=decision, shown=self.seen, by=self.house[name], at=AT)

    def _submit(self, name: str, _what: str) -> None:
        request = open_request(kind="note", subject=self.ref, by=self.house[name], at=AT)
        submit(request=request, by=self.house[name], at=AT)

    def _withdraw(self, name: str, _what: str) -> None:
        if self.request:
            withdraw(request=self.request, by=self.house[name], at=AT)

    def _edit(self, name: str, money: str) -> None:
        NOTES[self.ref.id].money = float(money)
        content_changed(subject=self.ref, by=self.house[name], at=AT)

    def _forget(self, _name: str, money: str) -> None:
        """A room that forgets to say that its content changed."""
        NOTES[self.ref.id].money = float(money)

    def _away(self, name: str, delegate: str) -> None:
        days = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 31)}
        if not Absence.objects.filter(person=self.house[name]).exists():
            Absence.objects.create(person=self.house[name], kind="leave", **days)
            if delegate and delegate != name:
                Delegation.objects.create(person=self.house[name], delegate=self.house[delegate], **days)

    def _back(self, name: str, _what: str) -> None:
        Absence.objects.filter(person=self.house[name]).delete()
        Delegation.objects.filter(person=self.house[name]).delete()

    def _policy(self, _name: str, number: str) -> None:
        rows = POLICIES[int(number)]
        at = AT + timedelta(seconds=1)
        current = self.request and newest_round(self.request)
        if not current or current.version.clauses != rows:
            try:
                self.house.policy(*rows, at=at)
            except ValueError:  # it says so already
                return

    def holds(self) -> None:
        """What must be true after every act."""
        request = self.request
        if request is None:
            return
        row = newest_round(request)
        is_whole = row is not None and digest_now(row) == row.content_id
        assert bool(approved_now("note", self.ref)) == (request.state == RequestState.APPROVED and is_whole)
        if request.state != RequestState.APPROVED:
            return
        event("approved")
        assert row is not None
        parts = list(Part.objects.filter(round=row).values_list("person", flat=True))
        assert len(parts) == len(set(parts))
        signers: list[int] = []
        for one in row.steps.exclude(state=StepState.CLOSED).prefetch_related("signatures"):
            given = list(one.signatures.all())
            assert one.state == StepState.DONE
            assert given
            assert all(each.decision == Decision.APPROVE for each in given)
            assert all(each.content_id == row.content_id for each in given)
            signers += [each.signer_id for each in given]
        assert len(signers) == len(set(signers)) >= row.steps.values("stage").distinct().count()
        assert request.author_id not in signers
        assert not set(NOTES[self.ref.id].own) & set(signers)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, min_size=4, max_size=24), st.sampled_from(["", "dora", "eva"]))
def test_nothing_is_approved_without_its_signatures(acts, own):
    with transaction.atomic():
        NOTES.clear()
        bench = Bench(own)
        for act in [("submit", "ana", ""), *acts]:
            bench.does(*act)
            bench.holds()
        assert verify().holds
        transaction.set_rollback(True)
