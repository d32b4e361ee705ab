"""Whatever both sides do in whatever order: nothing is a promise but what the head signed, as it stands."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest

from remit.core.ref import Ref
from remit.execution.actions.cooperation import (
    NotAtThisStage,
    NotPromised,
    accept_answer,
    change_cooperation,
    confirm_done,
    report_done,
    send_back,
)
from remit.execution.actions.feasibility import AnswerUnclear, sign_answer
from remit.execution.enums import COMMITTED
from remit.execution.models import Cooperation
from remit.governance.actions.request import NotNow, NotTaken, withdraw
from remit.governance.actions.signature import ChangedSinceOpened, NotAnswered, NotYours, ReasonMissing
from remit.governance.models import Signature
from remit.governance.queries.rounds import approved_now

from ..governance.conftest import AT, House
from .cooperating import ANSWERS, NEEDED_ON, answered, request_of, sent, shown, with_depot, written

REFUSALS = (
    NotTaken, NotNow, NotYours, NotAnswered, ChangedSinceOpened, ReasonMissing, NotAtThisStage, NotPromised,
    AnswerUnclear, AssertionError,
)  # fmt: skip
FORWARD = ("send", "answer by", "sign now", "accept") * 3  # tried more often, so that the walk gets somewhere


@pytest.fixture
def house(db):
    return with_depot()


def moves(house: House, row: Cooperation, seen: list[str], luck: Random) -> dict[str, Callable[[], object]]:
    """What both sides can try; ``seen``: what signers had before them at some time."""
    ana, leo = house["ana"], house["leo"]
    days = timedelta(days=luck.choice([0, 3, 9]))
    day = luck.choice([date(2026, 3, 12), NEEDED_ON])
    signer = house[luck.choice(["ken", "lin", "ana", "dora", "leo"])]
    return {
        "send": lambda: sent(house, row),
        "withdraw": lambda: withdraw(request=request_of(row), by=ana, at=AT),
        "answer": lambda: answered(
            house, row, luck.choice(["feasible", "feasible", "conditional", "later"]), by="lin"
        ),
        "answer by": lambda: answered(house, row, "feasible", by="ken", due_on=day),
        "look": lambda: seen.append(shown(row)),
        "sign": lambda: sign_answer(cooperation=row, shown=luck.choice(seen), by=signer, at=AT),
        "sign now": lambda: sign_answer(cooperation=row, shown=shown(row), by=house["ken"], at=AT),
        "return": lambda: sign_answer(
            cooperation=row, shown=shown(row), by=house["ken"], at=AT, returned="不清楚"
        ),
        "accept": lambda: accept_answer(cooperation=row, by=ana, at=AT),
        "edit": lambda: change_cooperation(
            cooperation=row, what=luck.choice(["兩班", "三班"]), by=ana, at=AT
        ),
        "other day": lambda: change_cooperation(cooperation=row, needed_on=NEEDED_ON + days, by=ana, at=AT),
        "done": lambda: report_done(cooperation=row, note="", by=leo, at=AT),
        "back": lambda: send_back(cooperation=row, reason="未到", by=ana, at=AT),
        "confirm": lambda: confirm_done(cooperation=row, by=ana, at=AT),
    }


@pytest.mark.parametrize("seed", range(6))
def test_nothing_becomes_a_promise_without_the_heads_signature_on_exactly_that(house, seed):
    luck = Random(seed)
    row, seen = written(house), ["0" * 64]
    reached = set()
    for _step in range(110):
        tried = moves(house, row, seen, luck)
        with suppress(*REFUSALS):
            tried[luck.choice([*sorted(tried), *FORWARD])]()
        row.refresh_from_db()
        reached.add(row.state)
        if row.state in COMMITTED:
            assert approved_now("cooperation", Ref("cooperation", row.pk))
            assert row.signature is not None
            assert row.signature.content_id == shown(row)
            assert (row.signature.decision, row.signature.signer) == ("approve", house["ken"])
    assert {one.principal_id for one in Signature.objects.all()} <= {house["ken"].pk}
    assert reached & {*COMMITTED, "answered"}, "the walk never came far enough to say anything"


def test_every_answer_that_ships_in_these_tests_can_be_signed(house):
    for kind in ANSWERS:
        row = written(house)
        sent(house, row)
        answered(house, row, kind)
        sign_answer(cooperation=row, shown=shown(row), by=house["ken"], at=AT)
        row.refresh_from_db()
        assert row.signature.signer == house["ken"]
