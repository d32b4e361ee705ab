"""Two at once on one request, on a database that lets them: PostgreSQL has many writers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from remit.governance.actions.clock import tick
from remit.governance.actions.request import NotNow, content_changed, open_request, submit
from remit.governance.actions.signature import AlreadyDecided, ChangedSinceOpened, NotYours, sign
from remit.governance.enums import RequestState
from remit.governance.models import Request, Round, Signature, Step
from remit.governance.queries.rounds import approved_now
from remit.notices.models import Notice

from .conftest import AT, built, clause, step
from .notes import NOTES

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="one writer at a time"),
]
TIMES = pytest.mark.parametrize("_time", range(3))


def at_once(*works):
    """Each in a thread and a connection of its own, begun together; what they returned or raised."""
    together = Barrier(len(works))

    def run(work):
        together.wait(timeout=20)
        try:
            return work()
        except (AlreadyDecided, ChangedSinceOpened, NotYours, NotNow) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def asked(house, rows):
    house.policy(*rows)
    request = house.asked()
    return request, house.open_steps(request)


SIDE_BY_SIDE = [clause(steps=[step(), step("finance_director", where="top")])]


@TIMES
def test_two_last_signatures_approve_once(_time):
    house = built()
    request, (first, second) = asked(house, SIDE_BY_SIDE)
    shown = request.rounds.get().content_id
    at_once(
        lambda: sign(step=first, decision="approve", shown=shown, by=house["dora"], at=AT),
        lambda: sign(step=second, decision="approve", shown=shown, by=house["fay"], at=AT),
    )
    assert Request.objects.get(pk=request.pk).state == RequestState.APPROVED
    assert NOTES[request.ref.id].put_up == 1


@TIMES
def test_one_person_signs_two_steps_at_once_and_counts_once(_time):
    house = built()
    house.post("dora", "finance_director", "group")
    request, (first, second) = asked(house, SIDE_BY_SIDE)
    shown = request.rounds.get().content_id
    at_once(
        *[
            lambda one=one: sign(step=one, decision="approve", shown=shown, by=house["dora"], at=AT)
            for one in (first, second)
        ]
    )
    assert Signature.objects.filter(signer=house["dora"]).count() == 1
    assert Request.objects.get(pk=request.pk).state == RequestState.SUBMITTED


@TIMES
def test_an_edit_against_the_last_signature_never_leaves_the_old_content_approved(_time):
    house = built()
    request, (only,) = asked(house, [clause(steps=[step()])])
    shown = request.rounds.get().content_id

    def edit():
        with transaction.atomic():
            list(Request.objects.select_for_update().filter(pk=request.pk))
            NOTES[request.ref.id].money = 2000.0
            content_changed(subject=request.ref, by=house["ana"], at=AT)

    at_once(
        edit, lambda: sign(step=only, decision="approve", shown=shown, by=house["dora"], at=AT)
    )  # fmt: skip
    assert not approved_now("note", request.ref)
    assert Request.objects.get(pk=request.pk).state == RequestState.REVOKED


def test_submitted_twice_at_once_there_is_one_round():
    house = built()
    house.policy(*SIDE_BY_SIDE)
    request = open_request(kind="note", subject=house.note(), by=house["ana"], at=AT)
    at_once(*[lambda: submit(request=request, by=house["ana"], at=AT)] * 4)
    assert Round.objects.filter(request=request).count() == 1
    assert Step.objects.filter(round__request=request).count() == 2


def test_two_clocks_escalate_once():
    house = built()
    request, _steps = asked(house, SIDE_BY_SIDE)
    late = AT.replace(day=20)
    at_once(*[lambda: tick(at=late)] * 4)
    tick(at=late)  # what a clock left to another that held it
    assert Step.objects.filter(round__request=request, escalated_at=late).count() == 2
    told = Notice.objects.filter(text__contains="waited too long").values_list("person__name", flat=True)
    assert sorted(told) == ["chief", "chief", "dora", "fay"]  # the chief may sign either step now
