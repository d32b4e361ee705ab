"""Who answers, for any organisation: nobody absent, none from above an alone unit, none above themselves."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from remit.org.deciding import Away, Deputy, Lent, Organisation, Post, Rank

DAY = date(2026, 3, 2)
BEFORE, AFTER = date(2026, 2, 27), date(2026, 3, 3)
UNITS = {1: "0001", 2: "00010001", 3: "00010002", 4: "000100010001", 5: "0001000100010001"}
PEOPLE, POSITIONS = range(1, 7), range(1, 5)

spans = st.sampled_from([(BEFORE, AFTER), (DAY, DAY), (BEFORE, BEFORE), (AFTER, AFTER)])
open_spans = spans | st.just((BEFORE, None))
person, position, unit = st.sampled_from(PEOPLE), st.sampled_from(POSITIONS), st.sampled_from(list(UNITS))


@st.composite
def organisations(draw, present=False):
    """Any posts, ranks (circles too), absences, delegations, secondments and alone units."""
    posts = tuple(
        Post(number, *row, *span)
        for number, (row, span) in enumerate(
            draw(st.lists(st.tuples(st.tuples(person, position, unit), open_spans), max_size=8)), start=1
        )
    )
    above = st.none() | position
    lent = st.lists(st.tuples(st.sampled_from([post.id for post in posts]), spans), max_size=3)
    aways = () if present else draw(st.lists(st.tuples(person, spans), max_size=6))
    deputies = st.lists(st.tuples(person, person, open_spans, st.none() | st.integers(1, 8)), max_size=8)
    return Organisation(
        units=UNITS,
        ranks={each: Rank(draw(above), draw(st.booleans())) for each in POSITIONS},
        posts=posts,
        aways=tuple(Away(who, *span) for who, span in aways),
        deputies=tuple(
            Deputy(who, to, *span, of) for who, to, span, of in draw(deputies) if who != to
        ),
        lents=tuple(Lent(post, *span) for post, span in draw(lent)) if posts else (),
        alone=frozenset(draw(st.sets(unit, max_size=2))),
    )  # fmt: skip


def places():
    return [(position, unit) for position in POSITIONS for unit in UNITS]


@settings(deadline=None)
@given(organisations(present=True))
def test_with_everybody_present_exactly_the_holders_answer(organisation):
    for place in places():
        holders = tuple(dict.fromkeys(post.person for post in organisation.holders(*place, DAY)))
        answering = organisation.answering(*place, DAY)
        assert (answering.people, answering.silent) == (holders, ())


@settings(deadline=None)
@given(organisations())
def test_whoever_answers_is_present_and_each_holder_is_answered_for_or_named_as_silent(organisation):
    for place in places():
        holders = organisation.holders(*place, DAY)
        answering = organisation.answering(*place, DAY)
        assert not any(organisation.is_away(one, DAY) for one in answering.people)
        acting = [organisation.acting(post, DAY) for post in holders]
        assert answering.people == tuple(dict.fromkeys(one for one in acting if one is not None))
        silent = [post.person for post, one in zip(holders, acting, strict=True) if one is None]
        assert answering.silent == tuple(dict.fromkeys(silent))


@settings(deadline=None)
@given(organisations())
def test_a_chain_of_delegations_ends_at_somebody_reached_by_them_or_at_nobody(organisation):
    for post in organisation.posts:
        reached, waiting = {post.person}, [post.person]
        while waiting:
            one = waiting.pop()
            following = {d.delegate for d in organisation.deputies if d.person == one} - reached
            reached |= following
            waiting += following
        acting = organisation.acting(post, DAY)
        assert acting is None or acting in reached
        if not organisation.is_away(post.person, DAY):
            assert acting == post.person


@settings(deadline=None)
@given(st.permutations(list(PEOPLE)), st.integers(2, 6))
def test_a_circle_of_absent_people_gives_nobody(order, length):
    circle = order[:length]
    organisation = Organisation(
        units=UNITS,
        ranks={},
        posts=(Post(1, circle[0], 1, 1, BEFORE),),
        aways=tuple(Away(one, BEFORE, AFTER) for one in circle),
        deputies=tuple(
            Deputy(one, to, BEFORE) for one, to in zip(circle, [*circle[1:], circle[0]], strict=True)
        ),
    )
    answering = organisation.answering(1, 1, DAY)
    assert (answering.people, answering.silent) == ((), (circle[0],))


@settings(deadline=None)
@given(organisations())
def test_what_an_alone_unit_owes_is_never_answered_from_above(organisation):
    for position, unit in places():
        path = UNITS[unit]
        alone = [UNITS[each] for each in organisation.alone if path.startswith(UNITS[each])]
        if alone:
            nearest = max(alone, key=len)
            holders = organisation.holders(position, unit, DAY)
            assert all(UNITS[post.unit].startswith(nearest) for post in holders)


@settings(deadline=None)
@given(organisations())
def test_nobody_stands_above_themselves(organisation):
    for place in places():
        for one in PEOPLE:
            assert organisation.superior(*place, one, DAY) != one
    for one in PEOPLE:
        assert organisation.superior_of(one, DAY) != one


@settings(deadline=None)
@given(organisations())
def test_a_superior_is_present(organisation):
    for one in PEOPLE:
        above = organisation.superior_of(one, DAY)
        assert above is None or not organisation.is_away(above, DAY)


@settings(deadline=None)
@given(organisations(), st.data())
def test_who_is_lent_away_is_not_counted_at_home_and_is_back_the_day_after(organisation, data):
    if not organisation.posts:
        return
    post = data.draw(st.sampled_from(organisation.posts))
    lent = Organisation(
        units=UNITS, ranks={}, posts=(Post(post.id, post.person, post.position, post.unit, BEFORE),),
        lents=(Lent(post.id, BEFORE, DAY),),
    )  # fmt: skip
    there = [lent.holders(post.position, post.unit, on) for on in (BEFORE, DAY, AFTER)]
    assert [len(holders) for holders in there] == [0, 0, 1]
