"""A diagnosis: whys with their evidence, judged, concluded; and what was done, looked at in the data."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from remit.audit.models import Event
from remit.core.period import Period
from remit.core.ref import Ref
from remit.learning.actions.diagnosis import (
    DiagnosisStands,
    DiagnosisUnclear,
    add_diagnosis,
    change_diagnosis,
    conclude_diagnosis,
    drop_diagnosis,
)
from remit.learning.actions.remedy import add_remedy, drop_remedy, finish_remedy, read_remedies
from remit.learning.actions.why import (
    add_figure,
    add_quote,
    add_test,
    add_thing,
    ask_why,
    judge_why,
    remove_clue,
    remove_why,
)
from remit.learning.diagnosis_rules import (
    can_diagnose,
    can_look_into,
    can_settle,
    can_steer,
    diagnoses_visible_to,
    remedies_visible_to,
)
from remit.learning.enums import ClueKind, DiagnosisStage, Outcome
from remit.learning.models import Clue, Diagnosis, Why
from remit.metrics.engine.question import Question
from remit.metrics.queries.figures import ask
from remit.metrics.saved import UnreadableQuestion
from remit.org.queries.scopes import within

from .shop import AT, BEGAN, LAST, STARTS, prepared


@pytest.fixture
def root(shop, diagnosis):
    """Two whys deep, each with a quote; the lower one is the root cause."""
    top = ask_why(diagnosis=diagnosis, parent=None, statement="驗證步驟太長", by=shop["owner"], at=BEGAN)
    add_quote(why=top, words="等不到簡訊。", said_by="顧客", by=shop["owner"], at=BEGAN)
    judge_why(why=top, verdict="holds", reason="", by=shop["owner"], at=BEGAN)
    low = ask_why(diagnosis=diagnosis, parent=top, statement="簡訊通道逾時", by=shop["owner"], at=BEGAN)
    add_thing(why=low, words="通道日誌", url="https://sms.example/log", by=shop["owner"], at=BEGAN)
    return judge_why(why=low, verdict="root", reason="", by=shop["owner"], at=BEGAN)


def remedied(shop, root, **other):
    given = {
        "why": root, "title": "換通道", "owner": shop["owner"], "due_on": date(2026, 2, 12),
        "metric": "net_sales", "expected": Decimal("0.5"), "check_on": date(2026, 2, 23),
        "by": shop["owner"], "at": BEGAN,
    }  # fmt: skip
    return add_remedy(**{**given, **other})


def test_a_why_is_judged_on_evidence_and_on_nothing_else(shop, diagnosis):
    why = ask_why(diagnosis=diagnosis, parent=None, statement="價格太高", by=shop["owner"], at=BEGAN)
    for verdict in ("holds", "root", "ruled_out"):
        with pytest.raises(DiagnosisUnclear, match="evidence"):
            judge_why(why=why, verdict=verdict, reason="x", by=shop["owner"], at=BEGAN)
    clue = add_quote(why=why, words="太貴了。", said_by="", by=shop["owner"], at=BEGAN)
    with pytest.raises(DiagnosisUnclear, match="why it is ruled out"):
        judge_why(why=why, verdict="ruled_out", reason=" ", by=shop["owner"], at=BEGAN)
    judged = judge_why(why=why, verdict="ruled_out", reason="別家更貴", by=shop["lead"], at=AT)
    assert (judged.judged_by, judged.judged_at) == (shop["lead"], AT)
    with pytest.raises(DiagnosisUnclear, match="judged on it"):
        remove_clue(clue=clue, by=shop["owner"], at=AT)
    back = judge_why(why=why, verdict="open", reason="", by=shop["owner"], at=AT)
    assert (back.judged_by, back.judged_at) == (None, None)
    remove_clue(clue=clue, by=shop["owner"], at=AT)
    remove_why(why=why, by=shop["owner"], at=AT)
    assert not Why.objects.exists()
    assert Event.objects.filter(name="learning.why.judged").count() == 2


def test_one_asks_on_only_where_a_why_holds(shop, diagnosis, root):
    with pytest.raises(DiagnosisUnclear, match="root cause or ruled out"):
        ask_why(diagnosis=diagnosis, parent=root, statement="再問", by=shop["owner"], at=AT)
    with pytest.raises(DiagnosisUnclear, match="not ruled out"):
        judge_why(why=root.parent, verdict="root", reason="", by=shop["owner"], at=AT)
    with pytest.raises(DiagnosisUnclear, match="rests on"):
        remove_why(why=root.parent, by=shop["owner"], at=AT)
    other = add_diagnosis(
        unit=shop["unit"], title="別的", problem="別的。", noticed_on=date(2026, 2, 9), owner=shop["owner"],
        by=shop["owner"], at=BEGAN,
    )  # fmt: skip
    with pytest.raises(DiagnosisUnclear, match="another diagnosis"):
        ask_why(diagnosis=other, parent=root.parent, statement="再問", by=shop["owner"], at=AT)


def test_a_tree_is_ten_whys_deep_at_most(shop, diagnosis):
    why = None
    for step in range(10):
        why = ask_why(diagnosis=diagnosis, parent=why, statement=f"{step}", by=shop["owner"], at=AT)
    with pytest.raises(DiagnosisUnclear, match="10 whys deep"):
        ask_why(diagnosis=diagnosis, parent=why, statement="太深", by=shop["owner"], at=AT)


def test_a_figure_is_kept_as_it_stood_for_the_unit_of_the_diagnosis(shop, diagnosis):
    why = ask_why(diagnosis=diagnosis, parent=None, statement="買的人少了", by=shop["owner"], at=BEGAN)
    asked = {"metrics": ["net_sales"], "by": ["week"], "period": "2026-02-01..2026-02-28"}
    clue = add_figure(why=why, question=asked, words="逐週下滑", by=shop["owner"], at=AT)
    (answer,) = ask(
        Question(("net_sales",), within([shop["unit"]]), by=("week",), period=Period(STARTS, LAST))
    )
    assert [[str(value) for value in row] for row in clue.answer["rows"]] == [
        [str(value) for value in row] for row in answer.rows
    ]
    assert clue.answer["last_day"] == "2026-02-28"
    with pytest.raises(UnreadableQuestion):
        add_figure(why=why, question={"metrics": ["nothing"]}, words="x", by=shop["owner"], at=AT)


def test_tests_and_things_are_evidence_too_and_say_what_they_show(shop, diagnosis):
    why = ask_why(diagnosis=diagnosis, parent=None, statement="影片", by=shop["owner"], at=BEGAN)
    experiment = prepared(shop)
    add_test(why=why, experiment=experiment, words="試過了", by=shop["owner"], at=AT)
    add_thing(why=why, ref=Ref("plan", 1), words="活動方案", by=shop["owner"], at=AT)
    assert [clue.kind for clue in why.clues.order_by("pk")] == [ClueKind.TEST, ClueKind.THING]
    with pytest.raises(DiagnosisUnclear, match="address"):
        add_thing(why=why, words="哪裡", by=shop["owner"], at=AT)
    with pytest.raises(DiagnosisUnclear, match="what it shows"):
        add_quote(why=why, words="  ", said_by="", by=shop["owner"], at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clue.objects.create(why=why, kind=ClueKind.FIGURE, words="空的", by=shop["owner"], at=AT)


def test_it_is_concluded_when_every_why_is_judged_and_something_is_done_about_each_root(
    shop, diagnosis, root
):
    def conclude(words="通道逾時"):
        return conclude_diagnosis(diagnosis=diagnosis, conclusion=words, by=shop["owner"], at=AT)

    with pytest.raises(DiagnosisUnclear, match="簡訊通道逾時"):
        conclude()
    remedy = remedied(shop, root)
    drop_remedy(remedy=remedy, reason="太貴", by=shop["owner"], at=AT)
    with pytest.raises(DiagnosisUnclear, match="簡訊通道逾時"):
        conclude()
    remedied(shop, root)
    with pytest.raises(DiagnosisUnclear, match="in a sentence"):
        conclude("  ")
    assert conclude().stage == DiagnosisStage.CONCLUDED
    for change in (
        lambda: ask_why(diagnosis=diagnosis, parent=None, statement="再問", by=shop["owner"], at=AT),
        lambda: judge_why(why=root, verdict="open", reason="", by=shop["owner"], at=AT),
        lambda: drop_diagnosis(diagnosis=diagnosis, conclusion="算了", by=shop["owner"], at=AT),
        lambda: change_diagnosis(
            diagnosis=diagnosis, title="改", problem="改", noticed_on=date(2026, 2, 9), owner=shop["owner"],
            by=shop["owner"], at=AT,
        ),
    ):  # fmt: skip
        with pytest.raises(DiagnosisStands):
            change()


def test_without_a_root_cause_it_can_only_be_given_up(shop, diagnosis):
    why = ask_why(diagnosis=diagnosis, parent=None, statement="天氣", by=shop["owner"], at=BEGAN)
    with pytest.raises(DiagnosisUnclear, match="nobody has judged"):
        conclude_diagnosis(diagnosis=diagnosis, conclusion="x", by=shop["owner"], at=AT)
    add_quote(why=why, words="下雨。", said_by="", by=shop["owner"], at=BEGAN)
    judge_why(why=why, verdict="ruled_out", reason="晴天也一樣", by=shop["owner"], at=AT)
    with pytest.raises(DiagnosisUnclear, match="no root cause"):
        conclude_diagnosis(diagnosis=diagnosis, conclusion="x", by=shop["owner"], at=AT)
    given_up = drop_diagnosis(diagnosis=diagnosis, conclusion="找不到", by=shop["owner"], at=AT)
    assert given_up.stage == DiagnosisStage.DROPPED


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"title": " "}, "what is done"),
        ({"metric": "nothing"}, "no figure"),
        ({"expected": Decimal(0)}, "by how much"),
        ({"expected": Decimal(-2)}, "by how much"),
        ({"due_on": date(2026, 2, 1)}, "today or later"),
        ({"check_on": date(2026, 2, 12)}, "after that"),
    ],
)
def test_what_is_done_says_what_it_should_change_and_when_that_is_looked_at(shop, root, other, words):
    with pytest.raises(DiagnosisUnclear, match=words):
        remedied(shop, root, **other)


def test_something_is_done_about_a_root_cause_only(shop, root):
    with pytest.raises(DiagnosisUnclear, match="root causes"):
        remedied(shop, root.parent)
    remedied(shop, root)
    with pytest.raises(DiagnosisUnclear, match="drop that first"):
        judge_why(why=root, verdict="holds", reason="", by=shop["owner"], at=AT)


@pytest.mark.parametrize(
    ("expected", "outcome"), [("-0.9", Outcome.LESS), ("0.9", Outcome.LESS), (None, Outcome.HELD)]
)
def test_on_its_day_the_figure_is_read_in_as_many_days_before_and_after(shop, root, expected, outcome):
    done_on, check_on = date(2026, 2, 12), date(2026, 2, 23)
    scope = within([shop["unit"]])
    before, after = ask(
        Question(("net_sales",), scope, period=Period(date(2026, 2, 2), date(2026, 2, 11))),
        Question(("net_sales",), scope, period=Period(date(2026, 2, 13), date(2026, 2, 22))),
    )
    found = after.value("net_sales") / before.value("net_sales") - 1
    remedy = remedied(shop, root, expected=Decimal(expected or str(round(found * Decimal("0.9"), 4))))
    assert read_remedies(at=AT) == 0
    with pytest.raises(DiagnosisUnclear, match="today or earlier"):
        finish_remedy(remedy=remedy, done_on=check_on, by=shop["owner"], at=AT)
    finish_remedy(remedy=remedy, done_on=done_on, by=shop["owner"], at=AT)
    assert read_remedies(at=datetime(2026, 2, 22, 4, 0, tzinfo=UTC)) == 0
    assert [read_remedies(at=AT), read_remedies(at=AT)] == [1, 0]
    remedy.refresh_from_db()
    assert remedy.outcome == outcome
    assert float(remedy.found) == pytest.approx(float(found), abs=1e-6)
    assert (remedy.before, remedy.after) == (before.value("net_sales"), after.value("net_sales"))
    with pytest.raises(DiagnosisUnclear, match="already"):
        finish_remedy(remedy=remedy, done_on=done_on, by=shop["owner"], at=AT)


def test_it_is_not_read_while_the_data_do_not_reach_the_day(shop, root):
    remedy = remedied(shop, root, check_on=date(2026, 3, 2))
    finish_remedy(remedy=remedy, done_on=date(2026, 2, 12), by=shop["owner"], at=AT)
    assert read_remedies(at=AT + timedelta(days=1)) == 0


def test_a_region_neither_sees_nor_touches_what_is_of_the_company(shop, diagnosis, root):
    remedy = remedied(shop, root)
    for name in ("lead", "owner"):
        assert list(diagnoses_visible_to(shop[name])) == [diagnosis]
        assert can_steer(shop[name], diagnosis)
        assert can_settle(shop[name], remedy)
    for name in ("east", "other"):
        assert not diagnoses_visible_to(shop[name]).exists()
        assert not remedies_visible_to(shop[name]).exists()
        assert not can_look_into(shop[name], diagnosis)
        assert not can_settle(shop[name], remedy)
        assert can_diagnose(shop[name])
    shop["owner"].is_active = False
    assert not can_steer(shop["owner"], diagnosis)
    assert Diagnosis.objects.count() == 1


def test_what_was_noticed_lies_in_the_past_and_has_words(shop):
    given = {"unit": shop["unit"], "owner": shop["owner"], "by": shop["owner"], "at": BEGAN}
    with pytest.raises(DiagnosisUnclear, match="today or earlier"):
        add_diagnosis(title="x", problem="x", noticed_on=date(2026, 2, 11), **given)
    with pytest.raises(DiagnosisUnclear, match="what goes wrong"):
        add_diagnosis(title="x", problem=" ", noticed_on=date(2026, 2, 9), **given)
