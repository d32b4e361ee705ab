"""Who is who follows from the claims alone: deterministic, local, and never two known people in one."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from remit.customers.deciding import Belongs, Clash, Said, decide_who

PEOPLE = st.sampled_from(["p1", "p2", "p3", "p4", "p5"])
NAMES = st.one_of(
    st.tuples(st.just("customer"), st.sampled_from(["1", "2", "3"])),
    st.tuples(st.sampled_from(["phone", "email"]), st.sampled_from(["x", "y", "z"])),
)


@st.composite
def claims(draw: st.DrawFn, prefix: str = "") -> list[Said]:
    said = draw(st.lists(st.tuples(st.integers(0, 5), PEOPLE, NAMES), max_size=14))
    return [
        Said(at, number, prefix + person, kind, name if kind == "customer" and not prefix else prefix + name)
        for number, (at, person, (kind, name)) in enumerate(said)
    ]


def said(number: int, person: str, kind: str, name: str) -> Said:
    return Said(number, number, person, kind, name)


def test_an_anonymous_device_becomes_the_customer_who_is_named_on_it() -> None:
    assert decide_who([said(1, "device", "customer", "7")]) == ((Belongs("device", 7, 1),), ())


def test_a_name_that_two_devices_share_carries_the_customer_from_one_to_the_other() -> None:
    told = [said(1, "web", "phone", "d1"), said(2, "app", "phone", "d1"), said(3, "app", "customer", "7")]
    assert decide_who(told) == ((Belongs("app", 7, 3), Belongs("web", 7, 3)), ())
    late = [*told, said(4, "weixin", "phone", "d1")]
    assert decide_who(late)[0] == (Belongs("app", 7, 3), Belongs("web", 7, 3), Belongs("weixin", 7, 4))


def test_two_known_people_behind_one_name_wait_for_somebody() -> None:
    told = [
        said(1, "a", "customer", "7"),
        said(2, "b", "customer", "8"),
        said(3, "a", "phone", "d"),
        said(4, "b", "phone", "d"),
    ]
    assert decide_who(told) == ((Belongs("a", 7, 1), Belongs("b", 8, 2)), (Clash(4, 8, 7),))
    device = [said(1, "a", "customer", "7"), said(2, "a", "customer", "8")]
    assert decide_who(device) == ((Belongs("a", 7, 1),), (Clash(2, 7, 8),))


@given(claims(), st.randoms())
def test_the_order_in_which_claims_are_handed_over_does_not_matter(told: list[Said], chance: object) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert decide_who(shuffled) == decide_who(told)


@given(claims())
def test_whoever_belongs_is_reached_by_claims_that_were_followed_and_by_one_customer_only(
    told: list[Said],
) -> None:
    """A plain twin: walk from each person over the claims that did not clash; one customer or none is met."""
    belongs, clashes = decide_who(told)
    left_out = {clash.claim for clash in clashes}
    ways: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for one in told:
        if one.id not in left_out:
            ways["person", one.person].add((one.kind, one.name))
            ways[one.kind, one.name].add(("person", one.person))
    met = {}
    for person in {one.person for one in told}:
        seen, waiting = set(), [("person", person)]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += ways[node]
        met[person] = {int(name) for kind, name in seen if kind == "customer"}
    assert all(len(customers) <= 1 for customers in met.values())
    assert {one.person: {one.customer} for one in belongs} == {p: c for p, c in met.items() if c}


@given(claims(), claims())
def test_what_is_said_of_others_changes_nothing(mine: list[Said], theirs: list[Said]) -> None:
    """Two sets of claims without a person or a name in common."""
    others = [
        Said(
            one.at, 100 + one.id, "other " + one.person, one.kind,
            str(10 + int(one.name)) if one.kind == "customer" else "other " + one.name,
        )
        for one in theirs
    ]  # fmt: skip
    both, clashes = decide_who([*mine, *others])
    alone, own = decide_who(mine)
    assert tuple(one for one in both if not one.person.startswith("other ")) == alone
    assert tuple(one for one in clashes if one.claim < 100) == own


@given(claims(), st.integers(0, 13))
def test_merging_and_taking_apart_changes_nothing_else(told: list[Said], which: int) -> None:
    """A claim withdrawn is as if never made; groups that it did not touch stay as they were."""
    if not told:
        return
    gone = told[which % len(told)]
    kept = [one for one in told if one != gone]
    before, after = dict(_by_person(told)), dict(_by_person(kept))
    touched = _group(told, gone.person)
    assert {p: b for p, b in before.items() if p not in touched} == {
        p: b for p, b in after.items() if p not in touched
    }
    assert _by_person([*kept, gone]) == _by_person(told)


def _by_person(told: list[Said]) -> list[tuple[str, Belongs]]:
    return [(one.person, one) for one in decide_who(told)[0]]


def _group(told: list[Said], person: str) -> set[str]:
    """All whom any claim ties to the person, followed or not."""
    people, names, size = {person}, set(), -1
    while size != len(people) + len(names):
        size = len(people) + len(names)
        names |= {(one.kind, one.name) for one in told if one.person in people}
        people |= {one.person for one in told if (one.kind, one.name) in names}
    return people
