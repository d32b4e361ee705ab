"""A pilot: outlets matched, weeks read and frozen, decided by the rule, and the gate between waves."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.core.unanswered import CannotAnswer
from remit.kernels.pilots.comparing import gap, indexed, nearest
from remit.kernels.pilots.placebos import judge, placebos
from remit.learning.actions.pilot import (
    PilotStands,
    PilotUnclear,
    add_pilot,
    change_pilot,
    choose_units,
    offered,
    start_wave,
)
from remit.learning.actions.wave import (
    NoFurtherWeek,
    WaveShut,
    decide_wave,
    give_up_pilot,
    open_wave,
    read_wave_now,
    read_waves,
    roll_out_pilot,
)
from remit.learning.enums import PilotStage, WaveAdvice, WaveBecause, WaveRole, WaveStage
from remit.learning.models import Pilot, WaveDecision, WaveReading
from remit.learning.per_outlet import by_place
from remit.learning.pilot_rules import can_change, can_decide, can_go_on, can_steer, gate, pilots_visible_to
from remit.metrics.queries.definitions import catalogue
from remit.notices.models import Notice

from .outlets import (
    AT,
    BEFORE_AT,
    CHOSEN,
    STARTS,
    WORDS,
    code,
    figures,
    fill,
    open_outlets,
    prepared,
    started,
)


@pytest.fixture
def chain(organisation, people):
    """The company with thirty outlets and eighteen weeks of sales before the wave, four after its start."""
    open_outlets(organisation.units["grocer"])
    return {"unit": organisation.units["grocer"], **people}


@pytest.fixture
def lifted(chain):
    """The same where the chosen ones gain a fifth from the start on."""
    fill(chain["unit"], figures(lift=0.2))
    return chain


@pytest.fixture
def flat(chain):
    """The same where nothing was changed."""
    fill(chain["unit"], figures())
    return chain


def own(chain, **more):
    return {"by": chain["owner"], "at": AT, **more}


def expected_of(amounts, method="even"):
    """By the kernel on the very numbers that the sales were made of."""
    recent = amounts[:, 6:]
    paths, chosen = indexed(recent, 12), np.array([3, 11])
    pool = np.setdiff1d(np.arange(30), chosen)
    synthetic = method == "synthetic"
    controls = nearest(paths, 12, chosen, pool, 6)
    found = gap(paths, 12, chosen, controls, synthetic=synthetic)
    chance = placebos(paths, 12, chosen, pool, 6, synthetic=synthetic, seed=1)
    return controls, found, judge(found.value, chance)


def test_the_nearest_by_their_weeks_before_are_proposed_with_what_would_show(lifted):
    wave = choose_units(wave=prepared(lifted), codes=CHOSEN, **own(lifted, at=BEFORE_AT))
    controls, found, _judged = expected_of(figures(lift=0.2))
    units = list(wave.units.order_by("place"))
    assert [one.code for one in units if one.role == WaveRole.CHOSEN] == list(CHOSEN)
    assert [one.code for one in units if one.role == WaveRole.CONTROL] == [code(row) for row in controls]
    assert units[0].name == "店3"
    assert units[0].level == pytest.approx(figures()[3, 6:18].mean())
    assert wave.foreseen["ours"] == pytest.approx(found.ours[:12], abs=1e-5)
    assert wave.foreseen["fit"] == pytest.approx(found.fit, abs=1e-5)
    assert set(wave.foreseen["pool"]) == {code(n) for n in range(30)} - set(CHOSEN)
    assert 0.01 < wave.foreseen["smallest"] < 0.1
    assert wave.foreseen["power"] > 0.8


@pytest.mark.parametrize("method", ["even", "synthetic"])
def test_an_effect_is_found_week_by_week_and_the_rule_goes_on_at_the_end_only(lifted, method):
    wave = started(lifted, method=method)
    assert read_wave_now(wave=wave, **own(lifted)) == 4
    readings = list(wave.readings.order_by("weeks_read"))
    assert [one.advice for one in readings] == [WaveAdvice.WAIT] * 3 + [WaveAdvice.GO_ON]
    _controls, found, judged = expected_of(figures(lift=0.2), method)
    last = readings[-1]
    numbers = (last.value, last.low, last.high, last.p)
    assert numbers == pytest.approx((found.value, judged.low, judged.high, judged.p), abs=1e-6)
    assert last.low > 0 and 0.15 < last.value < 0.25
    assert last.drawn["ours"] == pytest.approx(found.ours, abs=1e-5)
    assert len(last.drawn["chance"]) >= 400
    assert last.other["value"] == pytest.approx(last.value, abs=0.05)
    wave.refresh_from_db()
    assert wave.stage == WaveStage.READ
    assert Notice.objects.filter(person=lifted["owner"]).count() == 1


def test_where_nothing_was_changed_the_rule_stops_and_no_next_wave_opens(flat):
    """The heart of it: the next wave stays shut, and the refusal names the clause."""
    wave = started(flat)
    next_ = {"starts_on": STARTS + timedelta(weeks=6), "weeks": 4}
    with pytest.raises(WaveShut, match=r"H6\.2\.2"):
        open_wave(pilot=wave.pilot, **next_, **own(flat))
    read_waves(at=AT)
    newest = wave.readings.latest("through_on")
    assert (newest.advice, newest.because) == (WaveAdvice.STOP, WaveBecause.NOTHING)
    with pytest.raises(WaveShut, match=r"H6\.2\.2"):
        decide_wave(wave=wave, choice="go_on", reason="我覺得有用", **own(flat))
    for act, given in ((open_wave, next_), (roll_out_pilot, {"ending": "全部門店"})):
        with pytest.raises(WaveShut, match=r"H6\.2\.2"):
            act(pilot=wave.pilot, **given, **own(flat))
    decide_wave(wave=wave, choice="stop", **own(flat))
    pilot = Pilot.objects.get()
    assert (pilot.stage, pilot.ending, pilot.ended_because) == (PilotStage.STOPPED, "", WaveBecause.NOTHING)
    with translation.override("en"):
        assert pilot.ended_with == "The planned time is over, and no difference was shown."
    with translation.override("zh-hant"):
        assert pilot.ended_with == "規劃的時間已到，沒有顯出差別。"
    assert pilot.waves.count() == 1
    assert (gate(pilot).allowed, gate(pilot).clause) == (False, "H6.2.2")


def test_the_next_wave_opens_when_the_result_says_so_without_those_who_tried_it(lifted):
    wave = started(lifted)
    read_waves(at=AT)
    decide_wave(wave=wave, choice="go_on", **own(lifted))
    assert can_go_on(lifted["owner"], wave.pilot)
    with pytest.raises(PilotUnclear):
        open_wave(pilot=wave.pilot, starts_on=STARTS + timedelta(weeks=3), weeks=4, **own(lifted))
    second = open_wave(pilot=wave.pilot, starts_on=STARTS + timedelta(weeks=4), weeks=4, **own(lifted))
    assert not gate(wave.pilot)
    names = {one.code for one in offered(second, lifted["owner"], AT)}
    assert names == {code(number) for number in range(30)} - set(CHOSEN)
    with pytest.raises(PilotUnclear):
        choose_units(wave=second, codes=["S03"], **own(lifted))
    chosen = choose_units(wave=second, codes=["S01", "S02", "S20"], **own(lifted))
    assert not set(chosen.foreseen["pool"]) & {*CHOSEN, "S01", "S02", "S20"}
    with pytest.raises(WaveShut):
        roll_out_pilot(pilot=wave.pilot, ending="全部門店", **own(lifted))


def test_what_passed_is_rolled_out_with_words(lifted):
    wave = started(lifted)
    read_waves(at=AT)
    decide_wave(wave=wave, choice="go_on", **own(lifted))
    with pytest.raises(PilotUnclear):
        roll_out_pilot(pilot=wave.pilot, ending=" ", **own(lifted))
    done = roll_out_pilot(pilot=wave.pilot, ending="三月起全部門店", **own(lifted))
    assert (done.stage, done.ending) == (PilotStage.ROLLED_OUT, "三月起全部門店")
    with pytest.raises(PilotStands):
        give_up_pilot(pilot=wave.pilot, ending="算了", **own(lifted))
    names = Event.objects.filter(subject=str(Ref("pilot", done.pk)), name__startswith="learning")
    names = names.order_by("id")
    assert list(names.values_list("name", flat=True)) == [
        "learning.pilot.added", "learning.pilot.chosen", "learning.pilot.started",
        *["learning.pilot.read"] * 4, "learning.pilot.decided", "learning.pilot.rolled_out",
    ]  # fmt: skip


def test_harm_stops_it_before_its_time(chain):
    """By the week in which it is beyond chance even with the level divided among the four looks."""
    fill(chain["unit"], figures(lift=-0.4))
    wave = started(chain)
    read_waves(at=AT)
    first = wave.readings.earliest("through_on")
    assert (first.advice, first.because, first.weeks_read) == (WaveAdvice.STOP, WaveBecause.HARM, 1)
    assert can_decide(chain["owner"], wave)


def test_a_fall_that_was_planned_is_no_harm(chain):
    fill(chain["unit"], figures(lift=-0.4))
    wave = started(chain, planned_effect=Decimal("-0.2"))
    read_waves(at=AT)
    assert wave.readings.latest("through_on").advice == WaveAdvice.GO_ON


def test_a_week_is_read_once_and_stays_whatever_comes_later(flat):
    wave = started(flat)
    assert read_waves(at=STARTS_AFTER_TWO) == 2
    kept = list(wave.readings.order_by("weeks_read").values("value", "p", "drawn"))
    fill(flat["unit"], figures(lift=3.0) - figures(), weeks=slice(18, 20), key="late")
    assert read_waves(at=STARTS_AFTER_TWO) == 0
    assert list(wave.readings.order_by("weeks_read").values("value", "p", "drawn"))[:2] == kept
    with pytest.raises(NoFurtherWeek):
        read_wave_now(wave=wave, by=flat["owner"], at=STARTS_AFTER_TWO)


STARTS_AFTER_TWO = BEFORE_AT + timedelta(days=6 + 14)


def test_a_figure_that_is_gone_stops_neither_the_clock_nor_the_page(flat):
    wave, other = started(flat), started(flat)
    Pilot.objects.filter(pk=wave.pilot_id).update(metric="gone_since")
    assert read_waves(at=AT) == 4
    assert other.readings.count() == 4
    draft = prepared(flat)
    draft.pilot.metric = "gone_since"
    with pytest.raises(CannotAnswer):
        offered(draft, flat["owner"], AT)


def test_regions_are_too_few_to_say_what_chance_does(lifted):
    wave = prepared(lifted, grain="region", partners=1)
    choose_units(wave=wave, codes=["East"], **own(lifted))
    assert wave.units.count() == 2
    wave.refresh_from_db()
    assert wave.foreseen["smallest"] is None
    start_wave(wave=wave, **own(lifted))
    read_waves(at=AT)
    newest = wave.readings.latest("through_on")
    assert (newest.low, newest.because, newest.advice) == (None, WaveBecause.FEW, WaveAdvice.STOP)


def test_where_one_that_tries_it_has_no_figure_nothing_is_concluded(chain):
    """A mean basket of no baskets is none; sales of none are nothing, which is a figure."""
    amounts = figures(lift=0.2)
    amounts[3, 20] = 0
    fill(chain["unit"], amounts)
    wave = started(chain, metric="basket_value")
    read_waves(at=AT)
    said = wave.readings.order_by("weeks_read").values_list("advice", "because")
    assert list(said) == [("wait", "not_yet")] * 2 + [("wait", "gaps"), ("stop", "gaps")]
    assert wave.readings.latest("through_on").value is None
    sales = started(chain)
    read_waves(at=AT)
    assert sales.readings.latest("through_on").value is not None


@pytest.mark.parametrize(
    "given",
    [
        {"title": " "}, {"change": ""}, {"metric": "nothing_known"}, {"planned_effect": Decimal(0)},
        {"planned_effect": Decimal(3)}, {"before": 4}, {"partners": 0}, {"weeks": 1}, {"weeks": 27},
        {"starts_on": STARTS + timedelta(days=1)},
    ],
)  # fmt: skip
def test_what_is_unclear_is_refused(chain, given):
    with pytest.raises(PilotUnclear):
        prepared(chain, **given)
    assert not Pilot.objects.exists()


def test_a_pilot_is_of_a_company_and_its_owner_sees_the_unit(chain, organisation):
    given = {**WORDS, "starts_on": STARTS, "weeks": 4, **own(chain)}
    with pytest.raises(PilotUnclear):
        add_pilot(unit=organisation.units["group"], owner=chain["owner"], **given)
    with pytest.raises(PilotUnclear):
        add_pilot(unit=chain["unit"], owner=chain["east"], **given)
    assert add_pilot(unit=organisation.units["east"], owner=chain["east"], **given).pk


def test_nobody_is_chosen_who_is_not_offered_and_nothing_starts_without(flat):
    wave = prepared(flat)
    for codes in ([], ["S99"], ["S01", "nowhere"]):
        with pytest.raises(PilotUnclear):
            choose_units(wave=wave, codes=codes, **own(flat))
    with pytest.raises(PilotUnclear):
        start_wave(wave=wave, **own(flat))
    early = prepared(flat, starts_on=STARTS - timedelta(weeks=10))
    assert offered(early, flat["owner"], AT) == []


def test_figures_are_read_in_the_scope_of_whoever_chooses(flat):
    """Somebody of the East, whose outlets are none of these, is offered nothing of the company's."""
    wave = prepared(flat)
    assert len(offered(wave, flat["owner"], AT)) == 30
    assert offered(wave, flat["east"], AT) == []
    assert offered(wave, flat["other"], AT) == []


def test_it_is_changed_before_its_start_only_and_then_chosen_anew(flat):
    wave = prepared(flat)
    choose_units(wave=wave, codes=CHOSEN, **own(flat))
    values = {name: WORDS[name] for name in WORDS if name != "grain"} | {"owner": flat["lead"]}
    given = {**values, "starts_on": STARTS, "weeks": 3, "title": "另一名"}
    change_pilot(pilot=wave.pilot, **given, **own(flat))
    wave.refresh_from_db()
    assert (wave.weeks, wave.foreseen, wave.units.count(), wave.pilot.title) == (3, {}, 0, "另一名")
    choose_units(wave=wave, codes=CHOSEN, **own(flat))
    start_wave(wave=wave, **own(flat))
    assert not can_change(flat["owner"], wave.pilot)
    for act in (choose_units, start_wave):
        with pytest.raises(PilotStands):
            act(wave=wave, **({"codes": CHOSEN} if act is choose_units else {}), **own(flat))
    with pytest.raises(PilotStands):
        change_pilot(pilot=wave.pilot, **given, **own(flat))


def test_who_sees_and_steers_it(flat):
    pilot = prepared(flat).pilot
    seen = {name: list(pilots_visible_to(flat[name])) for name in ("owner", "lead", "east", "other")}
    assert seen == {"owner": [pilot], "lead": [pilot], "east": [], "other": []}
    may = {name: bool(can_steer(flat[name], pilot)) for name in seen}
    assert may == {"owner": True, "lead": True, "east": False, "other": False}
    flat["owner"].is_active = False
    assert not pilots_visible_to(flat["owner"]).exists()


def test_giving_up_ends_a_running_wave_which_is_then_read_no_more(flat):
    wave = started(flat)
    with pytest.raises(PilotUnclear):
        give_up_pilot(pilot=wave.pilot, ending="", **own(flat))
    give_up_pilot(pilot=wave.pilot, ending="供應商退出", **own(flat))
    assert read_waves(at=AT) == 0
    wave.refresh_from_db()
    assert wave.stage == WaveStage.STOPPED


def test_the_database_itself_lets_nobody_go_on_against_the_result(flat):
    wave = started(flat)
    read_waves(at=AT)
    reading = WaveReading.objects.latest("through_on")
    with pytest.raises(IntegrityError), transaction.atomic():
        WaveDecision.objects.create(
            wave=wave, reading=reading, choice="go_on", advice="stop", reason="x", by=flat["owner"], at=AT
        )


def test_figures_that_no_outlet_has_are_not_offered(db):
    known, all_ = by_place("outlet", catalogue()), catalogue()
    assert {"net_sales", "baskets", "basket_value", "buyers"} <= set(known)
    assert not {name for name in known if all_[name].table in ("occurrences", "charges", "spend")}
    assert by_place("region", all_).keys() == known.keys()
