"""What was owed when a charge ends, a duty is retired or a position falls vacant is on somebody's list."""

from datetime import UTC, date, datetime, timedelta

import pytest

from remit.duties.actions.charge import end_charge
from remit.duties.actions.clock import tick
from remit.duties.actions.duty import retire_duty
from remit.duties.actions.evidence import NotOpen, accept, deliver, give_evidence, waive
from remit.duties.enums import State
from remit.duties.models import Escalation, Handover
from remit.duties.queries.work import owed_by
from remit.duties.rules import can_deliver, can_waive, occurrences_visible_to
from remit.org.models import Absence, Assignment, Delegation

from .conftest import AT

DUE = datetime(2026, 3, 20, 10, tzinfo=UTC)
OPEN_AT = DUE - timedelta(days=2)
GIVES = {"to": "T2", "what": {"zh": "報告", "en": "report"}, "within_days": 2}


def lists(house, one, at):
    return {name for name, person in house.people.items() if one in owed_by(person, at)}


def test_what_had_shown_itself_stays_owed_after_the_end_by_who_answers(house):
    charge = house.charge()
    end_charge(charge=charge, ends_on=OPEN_AT.date(), by=None, at=OPEN_AT)
    one = charge.occurrences.get()
    later = DUE - timedelta(hours=1)
    assert lists(house, one, later) == {"ana", "dora"}
    assert can_deliver(house.people["ana"], one, later.date())
    assert tick(at=later).reminded == 1
    give_evidence(occurrence=one, kind="note", text="Done.", by=house.people["ana"], at=later)
    deliver(occurrence=one, by=house.people["ana"], at=later)
    assert lists(house, one, later) == {"dora"}
    accept(occurrence=one, by=house.people["dora"], at=later)
    assert lists(house, one, later) == set()


def test_who_has_a_role_elsewhere_still_sees_what_ended(house):
    charge = house.charge(unit="east")
    Assignment.objects.filter(person=house.people["ana"]).update(unit=house.units["west"])
    house.post("ana", "market_analyst", "east")
    end_charge(charge=charge, ends_on=OPEN_AT.date(), by=None, at=OPEN_AT)
    one = charge.occurrences.get()
    assert lists(house, one, DUE) >= {"ana"}
    assert occurrences_visible_to(house.people["ana"], DUE.date()).filter(pk=one.pk).exists()


def test_retiring_a_duty_waives_what_was_not_accepted_and_drops_what_was_handed_over(house):
    receiving = house.charge("T2")
    charge = house.charge("T1.1", hands_over=[GIVES])
    tick(at=DUE)
    first, dora = house.first(charge), house.people["dora"]
    retire_duty(duty=charge.duty, by=dora, at=DUE)
    one = charge.occurrences.get()
    assert (one.pk, one.state, one.waiver.by) == (first.pk, State.WAIVED, dora)
    assert one.waiver.reason == "The duty T1.1 was retired."
    assert Handover.objects.get().state == "dropped"
    assert not can_deliver(house.people["ana"], one, DUE.date())
    with pytest.raises(NotOpen):
        give_evidence(occurrence=one, kind="note", text="x", by=house.people["ana"], at=DUE)
    assert receiving.occurrences.filter(state=State.OPEN).exists()


def test_what_others_were_to_give_to_a_retired_duty_is_dropped(house):
    receiving = house.charge("T2")
    house.charge("T1.1", hands_over=[GIVES])
    tick(at=DUE)
    retire_duty(duty=receiving.duty, by=house.people["dora"], at=DUE)
    assert Handover.objects.get().state == "dropped"


def test_an_open_one_of_a_retired_duty_takes_no_evidence(house):
    one = house.first(house.charge())
    type(one.charge.duty).objects.update(retired_at=AT)  # as an older version left it
    one.refresh_from_db()
    with pytest.raises(NotOpen, match=r"T1\.1 was retired"):
        give_evidence(occurrence=one, kind="note", text="x", by=house.people["ana"], at=AT)


# -- gone up ------------------------------------------------------------------------------------


def vacant(house):
    """Overdue, and nobody holds a position that answers."""
    one = house.first(house.charge())
    Assignment.objects.exclude(person=house.people["chief"]).update(ends_on=date(2026, 3, 10))
    tick(at=DUE)
    return one


def test_what_nobody_answers_for_stands_with_whom_it_reached_who_may_waive_it(house):
    one = vacant(house)
    assert lists(house, one, DUE) == set()
    up = DUE + timedelta(days=3)
    tick(at=up)
    one.refresh_from_db()
    chief = house.people["chief"]
    assert lists(house, one, up) == {"chief"}
    assert can_waive(chief, one, up.date())
    waive(occurrence=one, reason="Vacant.", by=chief, at=up)
    assert lists(house, one, up) == set()


def test_at_each_level_one_more_has_it_and_who_was_told_keeps_it(house):
    house.person("lin", "marketing_director", "group")
    one = house.first(house.charge())
    seen = []
    for days in (0, 3, 5, 7):
        tick(at=DUE + timedelta(days=days))
        seen.append(lists(house, one, DUE + timedelta(days=days)))
    own = {"ana", "dora"}
    assert seen == [own, own | {"lin"}, own | {"lin", "chief"}, own | {"lin", "chief"}]


def test_who_acts_for_whom_it_reached_has_it_and_whoever_follows_who_left(house):
    house.person("lin", "marketing_director", "group")
    house.person("eve", "market_analyst", "west")
    one, up = house.first(house.charge()), DUE + timedelta(days=3)
    tick(at=DUE)
    tick(at=up)
    lin = house.people["lin"]
    away = Absence.objects.create(person=lin, starts_on=up.date(), ends_on=date(2026, 4, 30))
    Delegation.objects.create(person=lin, delegate=house.people["eve"], starts_on=up.date())
    assert lists(house, one, up) == {"ana", "dora", "eve"}
    away.delete()
    Assignment.objects.filter(person=lin).update(ends_on=date(2026, 3, 21))
    assert lists(house, one, up) == {"ana", "dora", "chief"}


def test_where_nobody_stood_above_whoever_comes_later_has_it(house):
    Assignment.objects.filter(person=house.people["chief"]).delete()
    one, up = house.first(house.charge()), DUE + timedelta(days=3)
    tick(at=DUE)
    tick(at=up)
    assert Escalation.objects.get().person is None
    assert lists(house, one, up) == {"ana", "dora"}
    house.post("chief", "chief_executive", "group")
    assert lists(house, one, up) == {"ana", "dora", "chief"}
