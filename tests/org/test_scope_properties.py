"""Scopes of random organisations, against a slow and plain twin that walks up from each unit."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from remit.core.scope import Scope
from remit.org import scopes
from remit.org.models import Assignment, Person, Position, Unit
from remit.org.queries.scopes import scope_of
from remit.org.rules import units_visible_to

DAY = date(2026, 3, 2)
INDEX = st.integers(0, 10**6)

# Unit n hangs below one of the units before it, or is a root (None); and keeps books or not.
ORGANISATIONS = st.lists(st.tuples(st.none() | INDEX, st.booleans()), min_size=1, max_size=9)
# Which unit, first day relative to DAY, number of days.
PLACES = st.lists(
    st.tuples(INDEX, st.integers(-2, 2), st.integers(0, 3)), max_size=4, unique_by=lambda place: place[1]
)


def grow(organisation: list[tuple[int | None, bool]]) -> tuple[list[Unit], list[set[int]]]:
    """The units, and the indexes of those above each."""
    units: list[Unit] = []
    above: list[set[int]] = []
    for n, (parent, is_company) in enumerate(organisation):
        values = {"code": f"u{n}", "name": f"u{n}", "is_company": is_company, "currency": "TWD"}
        if parent is None or n == 0:
            units.append(Unit.objects.add_root(values))
            above.append(set())
        else:
            parent %= n
            units.append(Unit.objects.add_child(Unit.objects.get(pk=units[parent].pk), values))
            above.append({parent, *above[parent]})
    return units, above


class AScope(TestCase):
    """A class, because hypothesis rolls each example back by Django's own test case."""

    def setUp(self):
        before = list(scopes._sources)
        self.addCleanup(lambda: scopes._sources.__setitem__(slice(None), before))
        scopes.register_outlets(lambda units: {unit + 10_000 for unit in units})

    @settings(max_examples=60, deadline=None)
    @given(ORGANISATIONS, PLACES)
    def test_is_exactly_the_subtrees_of_the_assignments_that_hold(self, organisation, places):
        units, above = grow(organisation)
        person = Person.objects.create(email="p@example.org", name="p")
        position = Position.objects.create(code="p", name="p")
        now = set()
        for index, start, days in places:
            n, first = index % len(units), DAY + timedelta(start)
            last = first + timedelta(days)
            Assignment.objects.create(
                person=person, position=position, unit=units[n], starts_on=first, ends_on=last
            )
            now |= {n} if first <= DAY <= last else set()
        roots = {n for n in now if not now & above[n]}
        seen = {n for n in range(len(units)) if roots & {n, *above[n]}}
        companies = {n for n in range(len(units)) if organisation[n][1]}
        # The topmost keeps what is nobody's.
        books = companies | {n for n in range(len(units)) if not above[n]}
        partial = {n for n in seen if any(above[root] & companies for root in roots & {n, *above[n]})}
        expected = Scope(
            companies=frozenset(units[n].pk for n in seen & books),
            outlets=frozenset(units[n].pk + 10_000 for n in partial),
        )
        assert scope_of(person, DAY) == expected
        assert set(units_visible_to(person, DAY)) == {units[n] for n in seen}
        assert scope_of(person, DAY).sees_nothing or now
