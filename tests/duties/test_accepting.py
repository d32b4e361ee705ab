"""Whoever may accept a delivery has it on their list, and nobody else has."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from remit.duties.actions.evidence import deliver, give_evidence
from remit.duties.models import Escalation
from remit.duties.queries.work import owed_by
from remit.duties.rules import can_review, occurrences_visible_to
from remit.org.models import Absence, Assignment, Delegation, Person

from .conftest import AT, DAY, built

NAMES = ("chief", "dora", "ana", "ben", "eve")
UNITS = ("group", "shop", "east", "west")
POSITIONS = ("chief_executive", "marketing_director", "market_analyst")


def delivered(house, charge, by):
    one = house.first(charge)
    give_evidence(occurrence=one, kind="note", text="Done.", by=house.people[by], at=AT)
    deliver(occurrence=one, by=house.people[by], at=AT)
    one.refresh_from_db()
    return one


def waits_for(house, one):
    return {name for name, person in house.people.items() if one in owed_by(person, AT)}


def test_what_an_accountable_delivers_waits_for_whoever_stands_above(house):
    one = delivered(house, house.charge(), "dora")
    assert waits_for(house, one) == {"chief"}
    assert can_review(house.people["chief"], one, DAY)


def test_what_a_responsible_delivers_waits_for_the_accountable(house):
    assert waits_for(house, delivered(house, house.charge(), "ana")) == {"dora"}


def test_where_nobody_stands_above_it_waits_for_the_accountable_who_delivered_it(house):
    Assignment.objects.filter(person=house.people["chief"]).delete()
    assert waits_for(house, delivered(house, house.charge(), "dora")) == {"dora"}


def test_who_acts_for_the_superior_finds_it_and_may_open_it(house):
    house.person("eve", "market_analyst", "west")
    one = delivered(house, house.charge(), "dora")
    Absence.objects.create(person=house.people["chief"], starts_on=DAY, ends_on=date(2026, 3, 31))
    Delegation.objects.create(person=house.people["chief"], delegate=house.people["eve"], starts_on=DAY)
    assert waits_for(house, one) == {"eve"}
    assert occurrences_visible_to(house.people["eve"], DAY).filter(pk=one.pk).exists()


def test_what_went_up_to_somebody_is_out_of_their_sight_once_they_hold_no_post(house):
    one, eve = house.first(house.charge()), house.person("eve", "market_analyst", "west")
    Escalation.objects.create(occurrence=one, level=1, person=eve, at=AT)
    assert occurrences_visible_to(eve, DAY).get() == one
    Assignment.objects.filter(person=eve).update(ends_on=DAY - timedelta(days=1))
    assert not occurrences_visible_to(eve, DAY).exists()


def test_the_list_costs_as_much_for_three_as_for_one(house, django_assert_num_queries):
    delivered(house, house.charge("T1.1"), "dora")
    with django_assert_num_queries(11):
        assert len(owed_by(house.people["chief"], AT)) == 1
    for code in ("T1.2", "T1.3"):
        delivered(house, house.charge(code), "dora")
    with django_assert_num_queries(11):
        assert len(owed_by(house.people["chief"], AT)) == 3


class Lists(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(st.sampled_from(NAMES), st.sampled_from(POSITIONS), st.sampled_from(UNITS)),
            max_size=7, unique=True,
        ),
        st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=3),
        st.sampled_from(NAMES),
        st.sampled_from(UNITS),
    )  # fmt: skip
    def test_who_may_accept_and_whose_list_it_is_on_are_the_same_people(self, posts, away, acts, by, unit):
        house = built()
        house.person("eve")
        Assignment.objects.all().delete()
        for name, position, place in posts:
            house.post(name, position, place)
        for name in away:
            Absence.objects.create(person=house.people[name], starts_on=DAY, ends_on=date(2026, 3, 31))
        for name, delegate in acts:
            if name != delegate:
                Delegation.objects.create(
                    person=house.people[name], delegate=house.people[delegate], starts_on=DAY
                )
        one = delivered(house, house.charge(unit=unit), by)
        may = {name for name, person in house.people.items() if can_review(person, one, DAY)}
        assert may == waits_for(house, one)
        for name in may:
            assert occurrences_visible_to(Person.objects.get(name=name), DAY).filter(pk=one.pk).exists()
