"""An estimate is held against its result, and says how well its author, unit and approvers estimate."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from remit.planning.actions.approval import launch_plan
from remit.planning.actions.closing import close_plan, enter_result, write_retrospective
from remit.planning.actions.estimate import make_estimate
from remit.planning.actions.score import score_estimates
from remit.planning.effect_rules import scores_visible_to
from remit.planning.models import EffectEstimate, Score
from remit.planning.queries.scores import grouped, read_scores

from ..governance.conftest import AT
from .planned import approved, department

LATER = AT + timedelta(days=60)


@pytest.fixture
def house(db):
    return department()


def launched(house, **more):
    return launch_plan(plan=approved(house, **more), by=house["ana"], at=AT + timedelta(days=1))


def effect_of(plan, reach, redeemers) -> EffectEstimate:
    return EffectEstimate.objects.create(
        campaign=plan.campaign, method="nearest-1", verdict="impossible", currency="CNY", reach=reach,
        redemptions=redeemers, redeemers=redeemers, fingerprint="f", computed_at=LATER,
    )  # fmt: skip


def closed(house, plan):
    for measure in plan.measures.all():
        enter_result(measure=measure, actual=Decimal(1), source="帳", by=house["ana"], at=LATER)
    write_retrospective(plan=plan, goal="g", result="r", causes="c", lessons="l", by=house["ana"], at=LATER)
    return close_plan(plan=plan, by=house["ana"], at=LATER)


def test_closing_scores_the_estimate_by_what_was_measured(house):
    """Said: 100,000 people, 1 to 3 % of them, 2 % likely."""
    plan = launched(house)
    effect_of(plan, 80_000, 2_800)
    closed(house, plan)
    found = {
        score.part: (score.said, score.measured, score.error, score.is_inside)
        for score in Score.objects.all()
    }
    assert found == {
        "reach": (100_000, 80_000, Decimal("0.25"), None),
        "conversion": (
            Decimal("0.02"),
            Decimal("0.035"),
            (Decimal("0.02") - Decimal("0.035")) / Decimal("0.035"),
            False,
        ),
    }
    assert {person.name for person in Score.objects.first().approvers.all()} == {
        house[name].name for name in ("leo", "dora", "fay")
    }


def test_without_a_measurement_nothing_is_scored(house):
    closed(house, launched(house))
    assert not Score.objects.exists()


def test_the_estimate_that_stood_at_the_launch_counts_and_a_new_measurement_replaces_the_old(house):
    plan = launched(house)
    parts = (Decimal("0.5"), Decimal("0.5"), Decimal("0.5"))
    make_estimate(
        plan=plan, reach=1, conversion=parts, value=Decimal(1), basis="事後", by=house["ana"], at=LATER
    )
    effect = effect_of(plan, 80_000, 0)
    assert [score_estimates(plan=plan, by=None, at=LATER) for _again in range(2)] == [1, 1]
    effect.reach = 50_000
    effect.save()
    score_estimates(plan=plan, by=None, at=LATER)
    assert [(score.said, score.measured) for score in Score.objects.all()] == [(100_000, 50_000)]


def test_groups_say_bias_error_and_how_few_they_are(house):
    for code, reach in (("a", 80_000), ("b", 125_000)):
        plan = launched(house, code=code)
        effect_of(plan, reach, 0)
        score_estimates(plan=plan, by=None, at=LATER)
    scores = read_scores(Score.objects.all())
    (author,) = grouped(scores, "author")
    assert (author.who, author.count, author.is_few, author.ranged) == (house["ana"], 2, True, 0)
    assert (author.bias, author.error) == (pytest.approx((0.25 - 0.2) / 2), pytest.approx((0.25 + 0.2) / 2))
    assert len(grouped(scores, "approver")) == 3
    assert [row.count for row in grouped(scores, "unit")] == [2]


def test_the_page_lists_scores_of_plans_that_one_sees_and_no_others(house, client):
    plan = launched(house)
    effect_of(plan, 80_000, 2_800)
    score_estimates(plan=plan, by=None, at=LATER)
    stranger = house.person("stranger", "clerk", unit="other") if "other" in house.units else None
    for who, count in ((house["ana"], 2), *([(stranger, 0)] if stranger else [])):
        assert scores_visible_to(who).count() == count
        client.force_login(who)
        answer = client.get(reverse("estimates_scores"), {"by": "approver"})
        assert answer.status_code == 200
        assert ("春季清倉" in answer.content.decode()) is bool(count)


def test_who_estimated_is_named_in_the_language_of_the_page(house, client):
    plan = launched(house)
    effect_of(plan, 80_000, 2_800)
    score_estimates(plan=plan, by=None, at=LATER)
    house["ana"].name_en = "Anna Pages"
    house["ana"].save()
    client.force_login(house["ana"])
    page = client.get(reverse("estimates_scores"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert page.partition("<main")[2].count("Anna Pages") == 4  # two groups, two rows
