"""Whatever the cadences, calendars, posts and absences: nothing is lost, doubled or unanswered."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from remit.core.period import add_months
from remit.duties.actions.charge import charge_unit, end_charge
from remit.duties.actions.duty import change_duty
from remit.duties.actions.generation import generate, regenerate
from remit.duties.deciding import findings
from remit.duties.models import Charge, Occurrence
from remit.duties.queries.company import facts_on
from remit.duties.queries.stakes import crews_of
from remit.org.models import Absence, Assignment, CalendarDay, CalendarYear, Delegation, UnitZone
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day
from remit.org.queries.working_days import calendar_of

from .conftest import AT, DAY, House, built, draft

LAST = date(2027, 2, 1)
SLACK = timedelta(
    days=160
)  # a quarterly due day lies up to 90 days after its period, and may move by a break
DAYS = (LAST - DAY).days
LOOKED_AT = 4
NAMES = ("chief", "dora", "ana", "ben")
POSITIONS = ("chief_executive", "marketing_director", "market_analyst")

RHYTHMS = st.one_of(
    st.tuples(st.just("daily"), st.none()),
    st.tuples(st.sampled_from(["weekly", "fortnightly"]), st.integers(1, 7)),
    st.tuples(st.just("monthly"), st.sampled_from([1, 15, 28, -1])),
    st.tuples(st.just("quarterly"), st.integers(1, 90)),
    st.tuples(st.just("yearly"), st.integers(1, 365)),
    st.tuples(st.just("once"), st.integers(0, 20)),
)
ZONES = st.sampled_from(["Asia/Taipei", "America/New_York", "Pacific/Auckland"])
UNITS = st.sampled_from(["group", "shop", "east"])
OFFSET = st.integers(0, DAYS)
CHARGES = st.lists(
    st.tuples(RHYTHMS, UNITS, st.integers(0, 90), st.none() | st.integers(100, DAYS)), min_size=1, max_size=2
)
POSTS = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(POSITIONS), UNITS, st.integers(-60, 200),
        st.none() | st.integers(0, DAYS),
    ),
    max_size=6, unique_by=lambda post: post[:4],
)  # fmt: skip
AWAYS = st.lists(st.tuples(st.sampled_from(NAMES), OFFSET, st.integers(0, 200)), max_size=4)
DEPUTIES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), OFFSET).filter(lambda d: d[0] != d[1]),
    max_size=4,
)
# What happens to a charge, each some days after the one before: another rhythm, an end, given again.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.one_of(
            st.tuples(st.just("rhythm"), RHYTHMS),
            st.tuples(st.just("end"), st.integers(0, 40)),
            st.tuples(st.just("again"), st.integers(-30, 60)),
            st.tuples(st.just("calendar"), st.booleans()),
            st.tuples(st.just("hours"), st.integers(0, 23)),
        ),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
CALENDAR = st.lists(st.tuples(OFFSET, st.booleans()), max_size=20, unique_by=lambda day: day[0])


def later(count: int) -> date:
    return DAY + timedelta(days=count)


def periods(rhythm: str, first: date, last: date) -> Iterator[tuple[str, date, date]]:
    """The name, the first and the last day of every period within two days; a plain twin of ``cadence``."""
    day = first
    while day <= last:
        if rhythm == "daily":
            start, end, name = day, day, day.isoformat()
        elif rhythm in ("weekly", "fortnightly"):
            start = day - timedelta(days=day.weekday())
            if rhythm == "fortnightly" and (start - date(1970, 1, 5)).days % 14:
                start -= timedelta(days=7)
            end = start + timedelta(days=6 if rhythm == "weekly" else 13)
            year, week, _weekday = start.isocalendar()
            name = f"{year}-{'W' if rhythm == 'weekly' else 'F'}{week:02}"
        else:
            months = {"monthly": 1, "quarterly": 3, "yearly": 12}[rhythm]
            start = date(day.year, day.month - (day.month - 1) % months, 1)
            end = add_months(start, months) - timedelta(days=1)
            names = {1: f"{start:%Y-%m}", 3: f"{start.year}-Q{(start.month + 2) // 3}", 12: str(start.year)}
            name = names[months]
        if start >= first and end <= last:
            yield name, start, end
        day = end + timedelta(days=1)


class Occurrences(TestCase):
    """A class, because hypothesis rolls each example back by Django's own test case."""

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(CHARGES, CALENDAR, st.lists(OFFSET, max_size=5), ZONES)
    def test_none_is_lost_or_doubled_and_pieces_make_the_whole(self, charges, calendar, cuts, zone):
        house = built()
        UnitZone.objects.update(zone=zone)
        self.enter(calendar)
        rows = self.charge(house, charges)
        in_pieces = self.generated([later(cut) for cut in sorted(cuts)])
        assert self.generated([]) == in_pieces
        assert len({row[:2] for row in in_pieces}) == len(in_pieces)
        for charge in rows:
            keys = [row[1] for row in in_pieces if row[0] == charge.pk]
            assert charge.ends_on is not None or set(self.owed(charge)) <= set(keys)
            if charge.duty.current.rhythm == "daily":
                assert keys == self.working_days(charge)
            if charge.duty.current.rhythm == "once" and charge.ends_on is None:
                assert keys == ["once"]

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(RHYTHMS, STEPS, ZONES)
    def test_whatever_changes_nobody_becomes_late_by_it_and_the_new_rhythm_holds_at_once(
        self, rhythm, steps, zone
    ):
        house, at = built(), AT
        UnitZone.objects.update(zone=zone)
        (charge,) = self.charge(house, [(rhythm, "shop", 0, None)])
        regenerate(charges=[charge], at=at)
        for number, (days, step) in enumerate(steps):
            at += timedelta(days=days)
            if step[0] == "hours":
                at = at.replace(hour=step[1])
            before = self.due_by(charge, at)
            opened = set(charge.occurrences.filter(opens_at__lte=at).values_list("pk", "due_on"))
            self.step(charge, number, at, *step)
            charge = Charge.objects.select_related("duty__current").get(pk=charge.pk)
            assert self.due_by(charge, at) == before
            assert opened <= set(charge.occurrences.values_list("pk", "due_on"))
            assert self.wanted(charge, at) <= set(charge.occurrences.values_list("key", flat=True))
            rows, until = self.rows(charge), charge.generated_until or company_day(at)
            Charge.objects.update(generated_until=None)  # as if nothing were remembered
            generate(until=until, at=at)
            assert self.rows(charge) == rows

    def step(self, charge: Charge, number: int, at: datetime, what: str, how: Any) -> None:
        on = company_day(at)
        if what == "rhythm":
            rhythm, day = how
            changed = draft(charge.duty.code, rhythm=rhythm, day=day, effort_minutes=number + 1)
            change_duty(duty=charge.duty, draft=changed, by=None, at=at)
        elif what == "end":
            last = max(on + timedelta(days=how), charge.starts_on)
            end_charge(charge=charge, ends_on=last, by=None, at=at)
        elif what == "again":
            first = on + timedelta(days=how)
            charge_unit(duty=charge.duty, unit=charge.unit, starts_on=first, by=None, at=at)
        elif what == "calendar":
            year, _fresh = CalendarYear.objects.get_or_create(
                country="CN", year=on.year, defaults={"entered_at": at}
            )
            days = [on + timedelta(days=n) for n in range(-9, 9) if (on + timedelta(days=n)).year == on.year]
            for day in days:
                CalendarDay.objects.update_or_create(calendar=year, day=day, defaults={"is_working": how})
            regenerate(charges=[charge], at=at)

    def due_by(self, charge: Charge, at: datetime) -> set[int]:
        return set(charge.occurrences.filter(due_at__lte=at).values_list("pk", flat=True))

    def rows(self, charge: Charge) -> list[tuple[int, str]]:
        return list(charge.occurrences.order_by("pk").values_list("pk", "key"))

    def wanted(self, charge: Charge, at: datetime) -> set[str]:
        """The periods that lie wholly ahead and within the charge, by the twin."""
        first = max(company_day(at) + timedelta(days=1), charge.starts_on)
        last = min(charge.ends_on or LAST, LAST)
        rhythm = charge.duty.current.rhythm
        if rhythm in ("once", "daily"):
            return set()
        return {name for name, _first, _last in periods(rhythm, first, last - SLACK)}

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(CHARGES, POSTS, AWAYS, DEPUTIES, st.booleans(), st.data())
    def test_each_has_one_accountable_when_it_is_due_or_a_finding_says_why_not(
        self, charges, posts, aways, deputies, bare, data
    ):
        house = built()
        self.man(house, posts, aways, deputies)
        rows = self.charge(house, charges)
        if bare:
            rows[0].raci.filter(role="accountable").delete()
        due = sorted(set(Occurrence.objects.values_list("due_on", flat=True)))
        days = data.draw(st.lists(st.sampled_from(due), max_size=LOOKED_AT, unique=True)) if due else []
        for day in days:
            mine = Charge.objects.filter(occurrences__due_on=day).distinct()
            crews = crews_of(mine, day, organisation_on(day))
            found = findings(facts_on(day), day)
            for charge, crew in crews.items():
                reasons = {str(f.kind) for f in found if f.charges == (charge,)}
                assert (crew.accountable is None) == bool(crew.problem)
                assert not crew.problem or crew.problem in reasons

    # -- means ---------------------------------------------------------------------------------
    def enter(self, calendar):
        for year in (2026, 2027):
            entered = CalendarYear.objects.create(country="CN", year=year, entered_at=AT)
            CalendarDay.objects.bulk_create(
                CalendarDay(calendar=entered, day=later(offset), is_working=works)
                for offset, works in calendar
                if later(offset).year == year
            )

    def charge(self, house: House, charges) -> list[Charge]:
        rows = []
        for number, ((rhythm, day), unit, begins, lasts) in enumerate(charges):
            changes = {"rhythm": rhythm} | ({} if day is None else {"day": day})
            house.duty(f"T1.{number}", **({"day": None} | changes))
            row = house.charge(f"T1.{number}", unit, later(begins))
            if lasts is not None:
                row.ends_on = later(lasts)
                row.save()
            rows.append(row)
        self.generated([])
        return rows

    def generated(self, cuts: list[date]) -> list[tuple[int, str, date, datetime]]:
        """Everything anew, up to each day in turn."""
        Occurrence.objects.all().delete()
        Charge.objects.update(generated_until=None)
        for until in (*cuts, LAST):
            generate(until=until, at=AT)
        rows = Occurrence.objects.order_by("charge", "due_on", "key")
        return list(rows.values_list("charge", "key", "due_on", "opens_at"))

    def owed(self, charge: Charge) -> list[str]:
        """The periods that lie so far within the range that their occurrences must be there."""
        rhythm = charge.duty.current.rhythm
        if rhythm in ("once", "daily"):
            return []
        return [name for name, _start, _end in periods(rhythm, charge.starts_on, LAST - SLACK)]

    def working_days(self, charge: Charge) -> list[str]:
        calendar, last = calendar_of(charge.unit, charge.starts_on), min(charge.ends_on or LAST, LAST)
        return [day.isoformat() for day in calendar.between(charge.starts_on, last)]

    def man(self, house: House, posts, aways, deputies) -> None:
        Assignment.objects.all().delete()
        for name, position, unit, first, lasts in posts:
            last = None if lasts is None else later(first) + timedelta(days=lasts)
            house.post(name, position, unit, starts_on=later(first), ends_on=last)
        for name, first, lasts in aways:
            Absence.objects.create(
                person=house.people[name], starts_on=later(first), ends_on=later(first + lasts)
            )
        for name, delegate, first in deputies:
            Delegation.objects.create(
                person=house.people[name], delegate=house.people[delegate], starts_on=later(first)
            )
