"""A reaction is called until it has succeeded, and never leaves half of itself behind."""

from datetime import UTC, datetime, timedelta

import pytest

from remit.audit.actions import record
from remit.audit.actions.delivery import Delivered, deliver_due
from remit.audit.events import EventType
from remit.audit.models import Delivery, Event
from remit.audit.reactions import register, registered
from remit.core.ref import Ref
from remit.jobs.actions import call_deliverer, queue_job
from remit.jobs.models import Job
from remit.jobs.queries import waiting_tasks

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HAPPENED = EventType("tests.thing.happened", "%(subject)s happened")
broken = True


def react(*, event: Event, at: datetime) -> None:
    queue_job(kind=f"reaction to {event.subject}", by=None, at=at)
    if broken:
        raise RuntimeError("the other side is asleep")


def greet(*, event: Event, at: datetime) -> None:
    queue_job(kind=f"greeting of {event.subject}", by=None, at=at)


@pytest.fixture(autouse=True)
def two_reactions():
    before = registered()
    register({HAPPENED.name: (f"{__name__}.react", f"{__name__}.greet")})
    yield
    register(before)


def test_a_reaction_that_fails_leaves_nothing_and_is_tried_again_later_while_others_go_on() -> None:
    global broken
    broken = True
    record(HAPPENED, Ref("campaign", 7), by=None, at=AT)
    assert deliver_due(at=AT) == Delivered(done=1, failed=1)
    assert list(Job.objects.values_list("kind", flat=True)) == ["greeting of campaign:7"]
    waiting = Delivery.objects.get(done_at=None)
    assert (waiting.attempts, waiting.due_at) == (1, AT + timedelta(minutes=1))
    assert waiting.error == "RuntimeError: the other side is asleep"
    assert deliver_due(at=AT + timedelta(seconds=59)) == Delivered(done=0, failed=0)
    broken = False
    assert deliver_due(at=AT + timedelta(minutes=1)) == Delivered(done=1, failed=0)
    assert deliver_due(at=AT + timedelta(days=9)) == Delivered(done=0, failed=0)
    assert Delivery.objects.filter(done_at=None).count() == 0
    assert Job.objects.count() == 2


def test_the_deliverer_is_called_once_while_something_is_due() -> None:
    assert call_deliverer(at=AT) is False
    record(HAPPENED, Ref("campaign", 7), by=None, at=AT)
    assert call_deliverer(at=AT - timedelta(seconds=1)) is False
    assert [call_deliverer(at=AT) for _ in range(3)] == [True, False, False]
    assert waiting_tasks("remit.jobs.tasks.deliver").count() == 1


def test_the_wait_between_attempts_grows_to_six_hours_and_no_further() -> None:
    global broken
    broken = True
    record(HAPPENED, Ref("campaign", 7), by=None, at=AT)
    waits = []
    at = AT
    for _ in range(12):
        deliver_due(at=at)
        due = Delivery.objects.get(done_at=None).due_at
        waits.append(int((due - at).total_seconds() // 60))
        at = due
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
