"""Evidence is counted by what it is; a waiver settles what was to be handed over."""

from datetime import UTC, datetime, timedelta

import pytest

from remit.core.ref import Ref
from remit.duties.actions.clock import tick
from remit.duties.actions.evidence import (
    EvidenceMissing,
    NotOpen,
    deliver,
    deliver_with_note,
    give_evidence,
    use_sighting,
    waive,
)
from remit.duties.actions.handover import HandoverMoved, offer
from remit.duties.actions.sighting import see
from remit.duties.enums import HandoverState, State
from remit.duties.models import Handover, HandoverStep
from remit.duties.queries.stakes import stakes_of
from remit.duties.queries.work import handovers_with
from remit.files.actions import store_file
from remit.notices.models import Notice
from remit.org.queries.organisation import organisation_on

from .conftest import AT

THREE = {"kind": "thing", "count": 3, "of": "unit", "seen_by": "org.unit.changed"}
GIVES = {"to": "T2", "what": {"zh": "報告", "en": "report"}, "within_days": 2}
DUE = datetime(2026, 3, 20, 10, tzinfo=UTC)
OPEN_AT = DUE - timedelta(days=2)


def seen(house, one, *units):
    for name in units:
        see(
            person=house.people["ana"], thing=Ref("unit", house.units[name].pk), event="org.unit.changed",
            at=OPEN_AT,
        )  # fmt: skip
    return list(one.sightings.order_by("pk"))


def test_what_the_system_saw_is_kept_piece_by_piece_and_delivered_with_the_last(house):
    one = house.first(house.charge(evidence=THREE))
    ana = house.people["ana"]
    first, second, third = seen(house, one, "shop", "east", "west")
    assert use_sighting(sighting=first, by=ana, at=OPEN_AT) is None
    assert use_sighting(sighting=first, by=ana, at=OPEN_AT) is None  # pressed twice
    assert use_sighting(sighting=second, by=ana, at=OPEN_AT) is None
    assert one.evidence.count() == 2
    assert use_sighting(sighting=third, by=ana, at=OPEN_AT).by == ana
    one.refresh_from_db()
    assert one.state == State.DELIVERED


@pytest.mark.parametrize("kind", ["thing", "link", "note", "file"])
def test_the_same_piece_given_three_times_counts_once(house, kind, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    asked = {"kind": kind, "count": 3} | ({"of": "unit"} if kind == "thing" else {})
    one, ana = house.first(house.charge(evidence=asked)), house.people["ana"]
    for _time in range(3):
        given = {"text": "https://example.org/a"}
        if kind == "thing":
            given = {"thing": Ref("unit", house.units["shop"].pk)}
        if kind == "file":
            file = store_file(
                content=[b"the same"], name="a.txt", owner=ana, scope=house.units["shop"], by=ana, at=AT
            )
            given = {"file": file}
        give_evidence(occurrence=one, kind=kind, by=ana, at=AT, **given)
    with pytest.raises(EvidenceMissing, match="Given so far: 1"):
        deliver(occurrence=one, by=ana, at=AT)
    assert one.evidence.count() == (3 if kind == "file" else 1)  # a second click is no second piece


def test_many_at_once_takes_only_what_has_shown_itself(house):
    charge, ana = house.charge(), house.people["ana"]
    rows = list(charge.occurrences.select_related("version", "charge__duty").order_by("due_at")[:2])
    assert deliver_with_note(occurrences=rows, note="Fine.", by=ana, at=OPEN_AT) == 1
    assert [one.state for one in charge.occurrences.order_by("due_at")[:2]] == ["delivered", "open"]


def test_a_second_click_on_many_finds_them_delivered_and_leaves_them(house):
    charge, ana = house.charge(), house.people["ana"]
    rows = list(charge.occurrences.select_related("version", "charge__duty").order_by("due_at")[:2])
    clicks = [deliver_with_note(occurrences=rows, note="Fine.", by=ana, at=OPEN_AT) for _click in range(2)]
    assert clicks == [1, 0]
    assert rows[0].evidence.count() == 1


# -- waived ---------------------------------------------------------------------------------------


def overdue(house):
    house.charge("T2", responsible=[])
    one = house.first(house.charge("T1.1", hands_over=[GIVES]))
    tick(at=DUE)
    return one


def unfinished(house, name):
    on = DUE.date()
    return list(handovers_with(stakes_of(house.people[name], on, organisation_on(on))))


def test_a_waiver_settles_what_was_to_be_handed_over_on_both_sides(house):
    one = overdue(house)
    assert (len(unfinished(house, "ana")), len(unfinished(house, "dora"))) == (1, 1)
    waive(occurrence=one, reason="The shop is closed.", by=house.people["chief"], at=DUE)
    assert (unfinished(house, "ana"), unfinished(house, "dora")) == ([], [])
    handover = Handover.objects.get()
    assert (handover.state, handover.closed_at) == (HandoverState.DROPPED, DUE)
    assert HandoverStep.objects.get().note == "The shop is closed."
    told = Notice.objects.filter(text__contains="no longer owed: %(subject)s")
    assert list(told.values_list("person__name", "fields__reason")) == [("dora", "The shop is closed.")]
    with pytest.raises(HandoverMoved):
        offer(handover=handover, by=house.people["ana"], at=DUE)


def test_what_was_taken_already_stays_taken(house):
    one = overdue(house)
    Handover.objects.update(state=HandoverState.ACCEPTED, closed_at=DUE)
    waive(occurrence=one, reason="x", by=house.people["dora"], at=DUE + timedelta(hours=1))
    assert Handover.objects.get().state == HandoverState.ACCEPTED


def test_who_stands_above_hears_that_somebody_excused_themselves(house):
    one = house.first(house.charge("T1.1"))
    waive(occurrence=one, reason="Holiday.", by=house.people["dora"], at=DUE)
    told = Notice.objects.filter(key__startswith="waived:")
    assert [(each.person, each.fields["reason"]) for each in told] == [(house.people["chief"], "Holiday.")]


def test_what_was_waived_takes_no_more_evidence(house):
    one = overdue(house)
    waive(occurrence=one, reason="x", by=house.people["dora"], at=DUE)
    with pytest.raises(NotOpen):
        give_evidence(occurrence=one, kind="note", text="late", by=house.people["ana"], at=DUE)
