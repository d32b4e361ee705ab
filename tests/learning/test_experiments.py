"""The life of an experiment: prepared, started, read every day, decided by its rule, rolled out, scored."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from remit.audit.models import Event
from remit.kernels.experiments.assigning import assign
from remit.kernels.experiments.comparing import gap
from remit.kernels.experiments.spending import criticals
from remit.learning.actions.decision import DecisionUnclear, NotThere, decide, roll_out, score_due
from remit.learning.actions.enrolment import enrol_from_file
from remit.learning.actions.experiment import (
    ExperimentStands,
    ExperimentUnclear,
    Given,
    add_layer,
    cancel_experiment,
    change_experiment,
    foresee,
    start_experiment,
)
from remit.learning.actions.reading import NothingToRead, read_now, read_running
from remit.learning.asking import Days
from remit.learning.enums import ExperimentStage, Outcome
from remit.learning.models import Experiment, Reading
from remit.learning.queries.definitions import definition_of, fetched, measures_of, whole
from remit.learning.queries.gathering import source_of
from remit.learning.rules import (
    can_change,
    can_decide,
    can_overrule,
    can_try,
    companies_to_try_in,
    experiments_visible_to,
)
from remit.notices.models import Notice

from .shop import AT, GIVEN, METRICS, STARTS, WORDS, append, lift, line, prepared, started


def readings(experiment):
    return list(Reading.objects.filter(experiment=experiment).order_by("through_on"))


def test_every_whole_day_is_read_once_and_chance_is_counted_over_the_longest_time(shop):
    experiment = started(shop)
    assert [read_running(at=AT), read_running(at=AT)] == [14, 0]
    found = readings(experiment)
    assert [one.through_on for one in found] == [STARTS + timedelta(days=n) for n in range(14)]
    fractions = [day / 28 for day in range(1, 15)]
    assert [one.fraction for one in found] == pytest.approx(fractions)
    expected = [None if bound == float("inf") else bound for bound in criticals(fractions, 0.05)]
    assert [one.critical for one in found] == pytest.approx(expected)
    assert all(one.is_look for one in found)
    experiment.refresh_from_db()
    assert experiment.stage == ExperimentStage.READ
    assert Event.objects.filter(name="learning.experiment.read").count() == 14


def test_a_reading_says_what_the_kernel_says_of_the_gathered_moments(shop):
    experiment = started(shop)
    read_running(at=AT)
    newest = readings(experiment)[-1]
    row = whole(Experiment.objects.all()).get(pk=experiment.pk)
    with source_of(shop["unit"], ["order_lines"]) as source:
        days = Days(STARTS, newest.through_on)
        found = source.gather(definition_of(row), [one for _role, one in measures_of(row)], days)
    assert newest.counts == found.counts
    for figure in newest.figures:
        one = gap(
            found.moments["control"], found.moments["video"], found.measured[figure["metric"]],
            critical=newest.critical,
        )  # fmt: skip
        assert (figure["value"], figure["low"], figure["high"]) == pytest.approx(
            (one.value, one.low, one.high)
        )
        assert figure["p"] >= one.p
    assert [one["role"] for one in newest.figures] == ["primary", "guardrail", "secondary"]


def test_a_real_effect_is_shipped_after_the_shortest_allowed_time(shop):
    experiment = started(shop)
    lift(shop["unit"], experiment, "video", 60)
    read_running(at=AT)
    advices = [(one.advice, one.because) for one in readings(experiment)]
    clear = advices.index(("wait", "too_short"))
    assert advices[6] == ("ship", "better")
    assert set(advices[:clear]) <= {("wait", "not_yet")}
    assert set(advices[clear:6]) == {("wait", "too_short")}
    assert {one.variant.code for one in readings(experiment)[6:]} == {"video"}
    assert Notice.objects.filter(person=shop["owner"]).count() == 1


def test_without_an_effect_the_planned_extension_is_advised_and_then_nothing_was_shown(shop):
    experiment = started(shop)
    read_running(at=AT)
    last = readings(experiment)[-1]
    assert (last.advice, last.because) == ("extend", "undecided")
    decide(experiment=experiment, choice="extend", by=shop["owner"], at=AT)
    experiment.refresh_from_db()
    assert (experiment.stage, experiment.last_on) == ("running", STARTS + timedelta(days=27))
    assert read_running(at=AT) == 14
    last = readings(experiment)[-1]
    assert (last.fraction, last.advice, last.because) == (1.0, "stop", "nothing")
    with pytest.raises(DecisionUnclear, match=r"used up|aufgebraucht|用過|沒有"):
        decide(experiment=experiment, choice="extend", by=shop["lead"], at=AT, reason="想再看看")
    decide(experiment=experiment, choice="stop", by=shop["owner"], at=AT)
    experiment.refresh_from_db()
    assert experiment.stage == "decided"
    with pytest.raises(NotThere):
        decide(experiment=experiment, choice="stop", by=shop["owner"], at=AT)


def test_read_once_at_the_end_people_are_counted_daily_and_figures_are_not(shop):
    experiment = started(shop, mode="at_end", extra_days=0)
    read_running(at=AT)
    found = readings(experiment)
    assert [one.is_look for one in found] == [False] * 13 + [True]
    assert [len(one.figures) for one in found] == [0] * 13 + [3]
    assert all(sum(one.counts.values()) == 600 for one in found)
    assert found[-1].critical == pytest.approx(1.959964, abs=1e-5)


def test_a_guardrail_that_got_worse_stops_what_the_primary_figure_would_ship(shop):
    experiment = started(shop, metrics={"net_sales": "primary", "coupon_redemptions": "guardrail"})
    lift(shop["unit"], experiment, "video", 80)
    rows = [
        {"import_id": 1, "unit_id": shop["unit"].pk, "customer_id": number, "coupon_code": "c",
         "redeemed_on": STARTS + timedelta(days=number % 14)}
        for number in range(1, 601)
        if number % 3
    ]  # fmt: skip
    definition = definition_of(whole(Experiment.objects.all()).get(pk=experiment.pk))
    kept = [row for row in rows if assign(definition, f"C{row['customer_id']:04}").variant == "control"]
    append("redemptions", kept)
    append("redemptions", [{**rows[0], "unit_id": shop["unit"].pk, "redeemed_on": date(2026, 2, 28)}], "2")
    read_running(at=AT)
    last = readings(experiment)[-1]
    assert (last.advice, last.because, last.variant) == ("stop", "harmed", None)


def test_crooked_numbers_of_people_stop_everything(shop):
    experiment = started(shop, audience="file")
    lines = [f"C{n:04},{'video' if n <= 100 else 'control'}" for n in range(1, 351)]
    content = "\n".join(["person,variant", *lines]).encode()
    assert (
        enrol_from_file(experiment=experiment, content=content, name="a.csv", by=shop["owner"], at=AT) == 350
    )
    read_running(at=AT)
    last = readings(experiment)[-1]
    assert last.counts == {"control": 250, "video": 100}
    assert last.sample_ratio_p < 1e-10
    assert (last.advice, last.because) == ("stop", "crooked")


def test_otherwise_than_the_rule_decides_only_who_leads_and_with_a_reason(shop):
    experiment = started(shop)
    read_running(at=AT)
    choice = {"experiment": experiment, "choice": "ship", "variant": "video", "at": AT}
    with pytest.raises(DecisionUnclear):
        decide(**choice, by=shop["owner"], reason="我想要")
    with pytest.raises(DecisionUnclear):
        decide(**choice, by=shop["lead"])
    made = decide(**choice, by=shop["lead"], reason="影片已付清，成本為零。")
    assert (made.choice, made.advice, made.follows_the_rule) == ("ship", "extend", False)
    assert Event.objects.get(name="learning.experiment.decided").fields["advice"] == "extend"
    with pytest.raises(IntegrityError), transaction.atomic():
        experiment.decisions.update(reason="")


def test_what_was_shipped_is_rolled_out_and_scored_on_its_day(shop):
    experiment = started(shop)
    lift(shop["unit"], experiment, "video", 60)
    read_running(at=AT)
    decide(experiment=experiment, choice="ship", by=shop["owner"], at=AT)
    with pytest.raises(DecisionUnclear):
        roll_out(experiment=experiment, where="全站", rolled_on=date(2026, 2, 15),
                 check_on=date(2026, 2, 15), by=shop["owner"], at=AT)  # fmt: skip
    made = roll_out(
        experiment=experiment, where="全站", rolled_on=date(2026, 2, 15), check_on=date(2026, 3, 1),
        by=shop["owner"], at=AT,
    )  # fmt: skip
    assert made.promised_low < made.promised < made.promised_high
    assert fetched(Experiment.objects.all())["shipped"] == {"video": "video"}
    assert [score_due(at=AT), score_due(at=AT)] == [1, 0]
    made.refresh_from_db()
    experiment.refresh_from_db()
    assert (made.outcome, experiment.stage) == (Outcome.LESS, "scored")
    assert made.found == pytest.approx(made.after / made.before - 1)


def test_a_started_experiment_stands_as_it_was_written(shop):
    experiment = started(shop)
    values = {**WORDS, "owner": shop["owner"], "variants": GIVEN, "metrics": METRICS}
    with pytest.raises(ExperimentStands):
        change_experiment(experiment=experiment, by=shop["owner"], at=AT, **values)
    with pytest.raises(ExperimentStands):
        start_experiment(experiment=experiment, by=shop["owner"], at=AT)
    assert not can_change(shop["owner"], experiment)


@pytest.mark.parametrize(
    "change",
    [
        {"days": 10}, {"kind": "image", "days": 14}, {"kind": "promotion", "days": 2}, {"extra_days": 3},
        {"pain_point": " "}, {"start": 9, "end": 9}, {"planned_effect": Decimal(0)}, {"cap": Decimal(100)},
        {"conditions": [{"attribute": "shoe", "values": ["42"], "excludes": False}]},
        {"variants": GIVEN[:1]}, {"variants": (GIVEN[0], GIVEN[0])},
        {"variants": (GIVEN[0], Given("b", "b", 0))}, {"metrics": {"net_sales": "secondary"}},
        {"metrics": {"sales_growth": "primary"}}, {"metrics": {"net_sales": "primary", "buyers": "primary"}},
    ],
)  # fmt: skip
def test_what_cannot_be_tried_is_refused_with_the_reason(shop, change):
    with pytest.raises(ExperimentUnclear):
        prepared(shop, **change)
    assert not Experiment.objects.exists()


def test_two_that_run_in_one_layer_share_nobody(shop):
    layer = add_layer(unit=shop["unit"], title="網店", holdout=500, by=shop["owner"], at=AT)
    started(shop, "a", layer=layer, end=5_000)
    second = prepared(shop, "b", layer=layer, start=4_000)
    with pytest.raises(ExperimentUnclear):
        start_experiment(experiment=second, by=shop["owner"], at=AT)
    change_experiment(
        experiment=second, by=shop["owner"], at=AT, variants=GIVEN, metrics=METRICS,
        **{**WORDS, "owner": shop["owner"], "start": 5_000},
    )  # fmt: skip
    start_experiment(experiment=second, by=shop["owner"], at=AT)
    read_running(at=AT)
    first, other = (readings(one)[-1].people for one in Experiment.objects.order_by("key"))
    assert first + other < 600
    assert first + other > 540, "a twentieth is held out"


def test_the_past_says_how_long_it_takes(shop):
    experiment = foresee(experiment=prepared(shop, planned_effect=Decimal("0.5")), by=shop["owner"], at=AT)
    rows = {row["days"]: row for row in experiment.foreseen["rows"]}
    assert list(rows) == [7, 14], "the four weeks before hold two weeks and their own past, no more"
    assert rows[14]["smallest"] < rows[7]["smallest"]
    assert rows[14]["people"] == 600
    assert rows[14]["power_as_read"] < rows[14]["power"] <= 1
    assert 0 < rows[14]["held"] < 1
    with pytest.raises(ExperimentUnclear):
        foresee(experiment=prepared(shop, "early", starts_on=date(2025, 1, 1)), by=shop["owner"], at=AT)


def test_given_up_it_keeps_the_reason_and_is_read_no_more(shop):
    experiment = started(shop)
    with pytest.raises(ExperimentUnclear):
        cancel_experiment(experiment=experiment, reason=" ", by=shop["owner"], at=AT)
    cancel_experiment(experiment=experiment, reason="供應商中斷", by=shop["owner"], at=AT)
    assert read_running(at=AT) == 0
    with pytest.raises(NothingToRead):
        read_now(experiment=experiment, by=shop["owner"], at=AT)


def test_who_sees_a_part_of_the_company_sees_no_experiment(shop):
    experiment = prepared(shop)
    assert [can_try(shop[name]).allowed for name in ("owner", "lead", "east", "other")] == [
        True, True, False, True,
    ]  # fmt: skip
    seen = {name: list(experiments_visible_to(shop[name])) for name in ("owner", "lead", "east", "other")}
    assert seen == {"owner": [experiment], "lead": [experiment], "east": [], "other": []}
    assert [unit.code for unit in companies_to_try_in(shop["other"])] == ["market"]
    running = started(shop, "second")
    assert [bool(can_decide(shop[name], running)) for name in ("owner", "lead", "east")] == [
        True,
        True,
        False,
    ]
    assert [bool(can_overrule(shop[name], running)) for name in ("owner", "lead")] == [False, True]


def test_rows_of_another_day_that_arrive_late_change_no_reading(shop):
    experiment = started(shop)
    read_running(at=AT)
    before = [one.figures for one in readings(experiment)]
    late = {**line(shop["unit"]), "customer_id": 5, "sold_on": STARTS, "order_code": "late"}
    append("order_lines", [{**late, "net_sales": Decimal(10**6)}], "late")
    assert read_running(at=AT) == 0
    assert [one.figures for one in readings(experiment)] == before
