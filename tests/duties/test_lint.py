"""The worked examples of ``docs/how/lint.md``, and what holds for any company."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.duties.deciding import (
    Facts,
    Finding,
    Kind,
    Owed,
    findings,
    merged,
)
from remit.duties.supposing import difference, with_structure, without_person
from remit.org.deciding import Away, Deputy, Organisation, Post, Rank

DAY = date(2026, 3, 2)
OLD = date(2020, 1, 1)
SHOP, EAST = 1, 2
DIRECTOR, ANALYST = 10, 11
DORA, DIRK, ANA = 100, 101, 102


def organisation(**changes) -> Organisation:
    """A shop and its east, a director and an analyst."""
    facts = {
        "units": {SHOP: "0001", EAST: "00010001"},
        "ranks": {DIRECTOR: Rank(None, True), ANALYST: Rank(DIRECTOR)},
        "posts": (Post(1, DORA, DIRECTOR, SHOP, OLD), Post(2, ANA, ANALYST, SHOP, OLD)),
    }
    return Organisation(**(facts | changes))


def owed(**changes) -> Owed:
    facts = {
        "charge": 1, "unit": SHOP, "rhythm": "monthly", "effort_minutes": 120, "accountable": (DIRECTOR,),
        "responsible": (ANALYST,), "begins": DAY,
    }  # fmt: skip
    return Owed(**(facts | changes))


ALL = {DORA: 173.0, ANA: 173.0}
SAFE = (Deputy(ANA, DORA, OLD),)
TWO = (*organisation().posts, Post(3, DIRK, DIRECTOR, SHOP, OLD))
EXAMPLES = {
    Kind.NO_ACCOUNTABLE: Facts(organisation(deputies=SAFE), (owed(accountable=()),), ALL),
    Kind.NO_RESPONSIBLE: Facts(
        organisation(deputies=(Deputy(DORA, ANA, OLD),)), (owed(responsible=()),), ALL
    ),
    Kind.TWO_ACCOUNTABLES: Facts(organisation(posts=TWO, deputies=SAFE), (owed(),), ALL),
    Kind.VACANT: Facts(
        organisation(posts=organisation().posts[:1], deputies=(Deputy(DORA, ANA, OLD),)), (owed(),), ALL
    ),
    Kind.ABSENT: Facts(
        organisation(aways=(Away(DORA, DAY + timedelta(days=3), DAY + timedelta(days=4)),), deputies=SAFE),
        (owed(),), ALL,
    ),
    Kind.OVERLOAD: Facts(organisation(deputies=SAFE), (owed(effort_minutes=12000),), ALL),
    Kind.SINGLE_POINT: Facts(organisation(), (owed(),), ALL),
    Kind.UNMEASURED: Facts(organisation(deputies=SAFE), (owed(begins=DAY - timedelta(days=365)),), ALL),
}  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_each_example_has_its_finding_and_no_other(kind):
    assert [finding.kind for finding in findings(EXAMPLES[kind], DAY)] == [kind]


def test_without_the_causes_nothing_is_wrong():
    assert findings(Facts(organisation(deputies=SAFE), (owed(),), ALL), DAY) == ()


def test_a_day_later_or_sooner_a_duty_is_measured_enough():
    facts = EXAMPLES[Kind.UNMEASURED]
    assert findings(facts, DAY - timedelta(days=1)) == ()
    measured = replace(facts, owed=(replace(facts.owed[0], measured_on=DAY - timedelta(days=364)),))
    assert findings(measured, DAY) == ()


def test_an_absent_analyst_is_missed_only_where_nobody_else_does_the_work():
    away = (Away(ANA, DAY + timedelta(days=3), DAY + timedelta(days=4)),)
    alone = Facts(organisation(aways=away, deputies=(Deputy(DORA, ANA, OLD),)), (owed(),), ALL)
    found = [each for each in findings(alone, DAY) if each.kind == Kind.ABSENT]
    assert [(each.person, each.position, each.fixer, each.on) for each in found] == [
        (ANA, ANALYST, DORA, DAY + timedelta(days=3))
    ]
    second = (*organisation().posts, Post(3, DIRK, ANALYST, SHOP, OLD))
    others = replace(
        alone, capacity=ALL | {DIRK: 173.0},
        organisation=organisation(aways=away, posts=second, deputies=(*SAFE, Deputy(DIRK, DORA, OLD))),
    )  # fmt: skip
    assert [each.kind for each in findings(others, DAY)] == []


def test_a_delegation_for_part_of_an_absence_leaves_the_rest_open():
    away = (Away(DORA, DAY + timedelta(days=3), DAY + timedelta(days=5)),)
    first = Deputy(DORA, ANA, DAY + timedelta(days=3), DAY + timedelta(days=4))
    facts = Facts(organisation(aways=away, deputies=(*SAFE, first)), (owed(),), ALL)
    found = [each for each in findings(facts, DAY) if each.kind == Kind.ABSENT]
    assert [(each.person, each.on) for each in found] == [(DORA, DAY + timedelta(days=5))]
    rest = Deputy(DORA, ANA, DAY + timedelta(days=5))
    whole = replace(facts, organisation=replace(facts.organisation, deputies=(*SAFE, first, rest)))
    assert [each for each in findings(whole, DAY) if each.kind == Kind.ABSENT] == []


def test_a_deputy_who_goes_away_in_mid_absence_leaves_it_open_from_then():
    away = (
        Away(DORA, DAY - timedelta(days=9), DAY + timedelta(days=9)),
        Away(ANA, DAY + timedelta(days=4), DAY + timedelta(days=6)),
    )
    acts = (Deputy(DORA, ANA, OLD), Deputy(ANA, DIRK, DAY + timedelta(days=6)))
    facts = Facts(organisation(aways=away, deputies=acts), (owed(),), ALL)
    silent = [(each.person, each.on) for each in findings(facts, DAY) if each.kind == Kind.ABSENT]
    assert silent == [(DORA, DAY + timedelta(days=4)), (ANA, DAY + timedelta(days=4))]


def test_a_deputy_for_the_only_post_is_enough_for_two_posts_it_is_not():
    facts = EXAMPLES[Kind.SINGLE_POINT]
    of_post = Deputy(ANA, DORA, OLD, post=2)
    assert findings(replace(facts, organisation=organisation(deputies=(of_post,))), DAY) == ()
    more = (*organisation().posts, Post(3, ANA, ANALYST, EAST, OLD))
    two = replace(facts, organisation=organisation(posts=more, deputies=(of_post,)))
    assert [each.kind for each in findings(two, DAY)] == [Kind.SINGLE_POINT]


def test_two_accountables_of_whom_one_ends_today_are_said_to_end():
    ends = (*organisation().posts, Post(3, DIRK, DIRECTOR, SHOP, OLD, DAY))
    facts = Facts(organisation(posts=ends, deputies=SAFE), (owed(),), ALL)
    assert [(each.kind, each.ends_on) for each in findings(facts, DAY)] == [(Kind.TWO_ACCOUNTABLES, DAY)]
    (stays,) = findings(EXAMPLES[Kind.TWO_ACCOUNTABLES], DAY)
    assert stays.ends_on is None
    assert findings(facts, DAY + timedelta(days=1)) == ()


def test_who_leaves_in_a_what_if_mends_nothing_there_any_more():
    posts = (*organisation().posts, Post(3, DIRK, DIRECTOR, EAST, OLD))
    facts = Facts(organisation(posts=posts), (owed(unit=EAST),), ALL)
    (before,) = [each for each in findings(facts, DAY) if each.kind == Kind.SINGLE_POINT]
    assert (before.person, before.fixer) == (ANA, DORA)
    (after,) = [f for f in findings(without_person(facts, DORA), DAY) if f.kind == Kind.SINGLE_POINT]
    assert (after.person, after.fixer) == (ANA, None)


def test_findings_about_one_vacant_position_are_one_with_all_their_charges():
    facts = Facts(organisation(posts=()), tuple(owed(charge=n, accountable=()) for n in (1, 2)), {})
    vacant = [each for each in merged(findings(facts, DAY)) if each.kind == Kind.VACANT]
    assert [(each.position, each.charges) for each in vacant] == [(ANALYST, (1, 2))]


def test_a_vacancy_is_one_line_for_who_stands_above_it_whoever_answers_for_the_duties():
    charges = (owed(charge=1), owed(charge=2, accountable=(ANALYST,), responsible=(DIRECTOR,)))
    facts = Facts(organisation(posts=organisation().posts[:1]), charges, {})
    vacant = [each for each in merged(findings(facts, DAY)) if each.kind == Kind.VACANT]
    assert [(each.position, each.charges, each.fixer) for each in vacant] == [(ANALYST, (1, 2), DORA)]


def test_who_should_mend_which_part_of_a_vacancy_is_kept_apart():
    found = [
        Finding(Kind.VACANT, 1, (charge,), position=ANALYST, fixer=fixer)
        for charge, fixer in ((1, None), (2, DIRK), (3, ANA), (4, DIRK))
    ]
    assert [(each.fixer, each.charges) for each in merged(found)] == [(DIRK, (1, 2, 4)), (ANA, (3,))]


def test_who_leaves_is_missed_in_every_duty_that_they_act_for():
    away = (Away(ANA, DAY, DAY + timedelta(days=9)),)
    charges = tuple(owed(charge=n) for n in range(1, 26))
    facts = Facts(organisation(aways=away, deputies=(Deputy(ANA, DIRK, OLD),)), charges, ALL)
    new = merged(difference(findings(facts, DAY), findings(without_person(facts, DIRK), DAY)).new)
    assert [(each.person, len(each.charges)) for each in new if each.kind == Kind.ABSENT] == [(ANA, 25)]


def test_of_whom_more_depends_on_than_before_the_difference_says_what():
    second = (*organisation().posts, Post(3, DIRK, ANALYST, SHOP, OLD))
    charges = (owed(charge=1, responsible=(DIRECTOR,)), owed(charge=2), owed(charge=3, accountable=()))
    facts = Facts(organisation(posts=second, deputies=(Deputy(DIRK, ANA, OLD),)), charges, ALL)
    then = without_person(without_person(facts, DIRK), ANA)
    new = difference(findings(facts, DAY), findings(then, DAY)).new
    alone = [(each.person, each.charges) for each in new if each.kind == Kind.SINGLE_POINT]
    assert alone == [(DORA, (2,))]


# -- for any company ----------------------------------------------------------------------------

people, positions, units = (
    st.integers(100, 104),
    st.sampled_from([DIRECTOR, ANALYST]),
    st.sampled_from([1, 2]),
)
days = st.integers(-20, 20).map(lambda n: DAY + timedelta(days=n))
posts = st.lists(st.tuples(people, positions, units), max_size=6).map(
    lambda rows: tuple(Post(n, *row, OLD) for n, row in enumerate(rows))
)
aways = st.lists(st.tuples(people, days, st.integers(0, 9)), max_size=4).map(
    lambda rows: tuple(Away(who, first, first + timedelta(days=n)) for who, first, n in rows)
)
deputies = st.lists(
    st.tuples(people, people, days, st.none() | st.integers(0, 9)).filter(lambda row: row[0] != row[1]),
    max_size=3,
).map(
    lambda rows: tuple(
        Deputy(who, acts, first, None if n is None else first + timedelta(days=n))
        for who, acts, first, n in rows
    )
)
owing = st.lists(
    st.tuples(units, st.sets(positions, max_size=1), st.sets(positions)), max_size=5
).map(
    lambda rows: tuple(
        owed(charge=n, unit=unit, accountable=tuple(a), responsible=tuple(sorted(r)))
        for n, (unit, a, r) in enumerate(rows)
    )
)  # fmt: skip
companies = st.builds(
    lambda posts, aways, deputies, owing: Facts(
        organisation(posts=posts, aways=aways, deputies=deputies), owing, {p.person: 160.0 for p in posts}
    ),
    posts, aways, deputies, owing,
)  # fmt: skip

# a busy machine draws slowly
QUIETLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUIETLY
@given(companies)
def test_nothing_differs_from_itself(facts):
    found = findings(facts, DAY)
    assert difference(found, found) == difference((), ())


@QUIETLY
@given(companies)
def test_whoever_answers_for_nothing_on_a_day_of_the_next_two_weeks_is_found(facts):
    """Day by day, plainly: an accountable holder who is away without anybody who acts."""
    silent = {
        (owed.charge, person)
        for n in range(15)
        for owed in facts.owed
        for position in owed.accountable
        for person in facts.organisation.answering(position, owed.unit, DAY + timedelta(days=n)).silent
    }
    found = {(f.charges[0], f.person) for f in findings(facts, DAY) if f.kind == Kind.ABSENT}
    assert silent <= found


@QUIETLY
@given(companies, people, people)
def test_a_deputy_adds_no_silence_of_who_has_none_yet(facts, person, delegate):
    """Of who had no deputy: a second one may replace the first, and be away themselves."""
    then = facts.organisation
    if person == delegate or any(d.person == person for d in then.deputies):
        return
    more = replace(then, deputies=(*then.deputies, Deputy(person, delegate, OLD)))
    before = {f.key for f in findings(facts, DAY) if f.kind == Kind.ABSENT}
    after = {f.key for f in findings(replace(facts, organisation=more), DAY) if f.kind == Kind.ABSENT}
    assert after <= before


@QUIETLY
@given(companies)
def test_without_people_every_charge_with_positions_is_vacant(facts):
    for person in range(100, 105):
        facts = without_person(facts, person)
    found = findings(facts, DAY)
    vacant = {f.charges[0] for f in found if f.kind == Kind.VACANT}
    assert vacant == {o.charge for o in facts.owed if o.accountable or o.responsible}
    assert {f.kind for f in found} <= {Kind.NO_ACCOUNTABLE, Kind.NO_RESPONSIBLE, Kind.VACANT}


@QUIETLY
@given(companies)
def test_a_unit_that_answers_alone_and_then_no_longer_is_as_it_was(facts):
    back = with_structure(with_structure(facts, EAST, alone=True), EAST, alone=False)
    assert findings(back, DAY) == findings(facts, DAY)
