"""What ships, what is said of skills, and who sees how others grow."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from remit.audit.models import Event
from remit.org.actions import (
    add_ladder,
    add_position,
    add_skill,
    add_template_step,
    ask_skill,
    assess,
    change_position,
    change_skill,
    ship,
)
from remit.org.actions.skill import NoSuchLevel, SkillCodeTaken
from remit.org.actions.skill_level import EvidenceNeedsPlace
from remit.org.growth_rules import (
    can_assess,
    can_guide,
    growth_visible_to,
    ladders_visible_to,
    skills_visible_to,
    template_steps_visible_to,
)
from remit.org.models import (
    Person,
    Position,
    Skill,
    SkillLevel,
)
from remit.org.positions import SHIPPED_POSITIONS
from remit.org.queries.skill_levels import skills_of, team_matrix

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = AT.date()
NOW = {"by": None, "at": AT}


# -- what ships ---------------------------------------------------------------------------------


def test_what_ships_is_brought_in_once_and_keeps_what_was_changed():
    assert ship(**NOW) == 31 + len(SHIPPED_POSITIONS) + 2 + 12
    director = Position.objects.get(code="marketing_director")
    assert (director.leads, director.is_key, len(director.deliverables)) == (True, True, 4)
    assert director.skills.count() == 6
    change_position(position=director, purpose="我們的", **NOW)
    change_skill(skill=Skill.objects.get(code="seo_sem"), name="搜索", **NOW)
    events = Event.objects.count()
    assert ship(**NOW) == 0
    assert Event.objects.count() == events
    assert Position.objects.get(code="marketing_director").purpose == "我們的"


def test_a_position_of_an_older_installation_learns_its_purpose_and_skills():
    add_position(code="market_analyst", name="分析師", abilities=["read_audit"], **NOW)
    ship(**NOW)
    analyst = Position.objects.get(code="market_analyst")
    assert (analyst.name, analyst.abilities, analyst.purpose != "") == ("分析師", ["read_audit"], True)
    assert analyst.skills.count() == 7


def test_every_shipped_position_says_purpose_deliverables_and_skills_in_both_languages():
    for shipped in SHIPPED_POSITIONS:
        assert all([shipped.purpose.zh_hant, shipped.purpose.en, shipped.skills]), shipped.code
        assert len(shipped.deliverables) >= 3 and all(d.zh_hant and d.en for d in shipped.deliverables)
        assert set(shipped.skills.values()) <= {1, 2, 3, 4, 5}


# -- skills -------------------------------------------------------------------------------------


def test_what_was_said_before_stays_and_the_newest_of_each_source_counts(house):
    ann = house.person("ann", ("analyst", "east"))
    ask_skill(position=house.positions["analyst"], skill=house.skill, level=4, **NOW)
    for source, level in (("self", 5), ("manager", 1), ("manager", 2)):
        assess(person=ann, skill=house.skill, source=source, level=level, by=ann, at=AT)
    assert SkillLevel.objects.filter(person=ann).count() == 3
    (row,) = skills_of(ann, DAY)
    assert (row.gap.asked, row.gap.standing.level, row.gap.missing) == (4, 2, 2)
    assert row.skill.remedy_text.zh_hant == "旁聽"
    assess(person=ann, skill=house.skill, source="evidence", level=4, evidence="file:7", by=ann, at=AT)
    assert skills_of(ann, DAY)[0].gap.missing == 0


def test_the_record_says_that_a_level_was_given_but_not_which(house):
    ann = house.person("ann", ("analyst", "east"))
    assess(person=ann, skill=house.skill, source="self", level=2, note="secret", by=ann, at=AT)
    event = Event.objects.get(name="org.skill.assessed")
    assert (event.fields, event.personal) == ({"skill": "insight", "source": "self"}, {})


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_lies_between_one_and_five(house, level):
    ann = house.person("ann", ("analyst", "east"))
    with pytest.raises(NoSuchLevel):
        assess(person=ann, skill=house.skill, source="self", level=level, by=ann, at=AT)
    with pytest.raises(NoSuchLevel):
        ask_skill(position=house.positions["analyst"], skill=house.skill, level=level, **NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillLevel.objects.create(person=ann, skill=house.skill, source="self", level=level, said_at=AT)


@pytest.mark.parametrize(
    "place", ["", "a certificate", "javascript:alert(1)", "file:x", "https://" + "x" * 300]
)
def test_evidence_says_where_it_is(house, place):
    ann = house.person("ann", ("analyst", "east"))
    with pytest.raises(EvidenceNeedsPlace):
        assess(person=ann, skill=house.skill, source="evidence", level=3, evidence=place, by=ann, at=AT)


def test_a_skill_is_added_once_and_asked_for_no_longer(house):
    with pytest.raises(SkillCodeTaken):
        add_skill(code="insight", name="x", kind="general", **NOW)
    analyst = house.positions["analyst"]
    ask_skill(position=analyst, skill=house.skill, level=3, **NOW)
    ask_skill(position=analyst, skill=house.skill, level=3, **NOW)
    ask_skill(position=analyst, skill=house.skill, level=None, **NOW)
    assert analyst.skills.count() == 0
    assert Event.objects.filter(name="org.position.asks").count() == 2


def test_the_matrix_takes_the_highest_level_that_any_position_asks_for(house):
    ann = house.person("ann", ("analyst", "east"), ("importer", "west"))
    ask_skill(position=house.positions["analyst"], skill=house.skill, level=2, **NOW)
    ask_skill(position=house.positions["importer"], skill=house.skill, level=5, **NOW)
    house.person("bo", ("analyst", "east"), starts_on=DAY + timedelta(1))
    rows, skills = team_matrix(Person.objects.all(), DAY)
    assert skills == [house.skill]
    assert [(row.person.name, row.gaps[0].asked, row.unsaid) for row in rows] == [
        (ann.name, 5, 1),
        ("bo", 0, 0),
    ]


# -- who sees and who says ----------------------------------------------------------------------


def test_growth_is_seen_by_oneself_by_heads_above_and_by_who_manages_people_there(house):
    ann = house.person("ann", ("analyst", "boston"))
    peer = house.person("peer", ("analyst", "boston"))
    head = house.person("head", ("head", "grocer"))
    other_head = house.person("other", ("head", "west"))
    house.person("manager", ("people", "east"))
    elsewhere = house.person("elsewhere", ("people", "market"))
    stranger = house.person("stranger")
    sees = {p.name for p in Person.objects.all() if growth_visible_to(p, DAY).filter(pk=ann.pk).exists()}
    assert sees == {"ann", "head", "manager"}
    guides = {p.name for p in Person.objects.all() if can_guide(p, ann, DAY)}
    assert guides == {"head", "manager"}
    assert [bool(can_assess(p, ann, "self", DAY)) for p in (ann, head, peer)] == [True, False, False]
    for person in (peer, other_head, elsewhere, stranger):
        assert not can_assess(person, ann, "manager", DAY)


def test_heads_of_one_unit_do_not_stand_above_each_other_and_nobody_above_themselves(house):
    one, two = house.person("one", ("head", "grocer")), house.person("two", ("head", "grocer"))
    assert set(growth_visible_to(one, DAY)) == {one}
    assert not can_guide(one, one, DAY)
    assert not can_guide(two, one, DAY)
    chief = add_position(code="chief", name="chief", leads=True, **NOW)
    house.positions["chief"] = chief
    boss = house.person("boss", ("chief", "grocer"))
    assert set(growth_visible_to(boss, DAY)) == {boss}
    Position.objects.filter(code="head").update(reports_to=chief)
    assert set(growth_visible_to(boss, DAY)) == {boss, one, two}
    assert set(growth_visible_to(one, DAY)) == {one}


def test_who_was_head_or_works_elsewhere_now_is_out_of_sight(house):
    ann = house.person("ann", ("analyst", "east"), ends_on=DAY - timedelta(1))
    was = house.person("was", ("head", "grocer"), ends_on=DAY - timedelta(1))
    head, manager = house.person("head", ("head", "grocer")), house.person("m", ("people", "grocer"))
    for person in (was, head, manager):
        assert not growth_visible_to(person, DAY).filter(pk=ann.pk).exists()
    head.is_active = False
    assert not growth_visible_to(head, DAY).exists()


def test_skills_and_ladders_are_read_by_whoever_works_here_and_the_template_by_who_shapes_positions(house):
    add_ladder(code="up", name="up", **NOW)
    add_template_step(day=1, name="x", **NOW)
    ann, root, stranger = (
        house.person("ann", ("analyst", "east")),
        house.person("root", ("people", "group")),
        house.person("stranger"),
    )
    counts = [
        [
            found(person, DAY).count()
            for found in (skills_visible_to, ladders_visible_to, template_steps_visible_to)
        ]
        for person in (ann, root, stranger)
    ]
    assert counts == [[1, 1, 0], [1, 1, 1], [0, 0, 0]]
