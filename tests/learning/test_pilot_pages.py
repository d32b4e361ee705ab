"""The pages of pilots: prepared, chosen, started, read, decided and carried on by click."""

from datetime import timedelta

import pytest
from django.urls import reverse

from remit.learning.actions.wave import decide_wave, read_waves
from remit.learning.enums import PilotStage, WaveRole, WaveStage
from remit.learning.models import Pilot, Wave

from .outlets import AT, CHOSEN, STARTS, figures, fill, open_outlets, prepared, started

FORM = {
    "title": "門口試吃", "change": "週末在門口設試吃檯。", "grain": "outlet", "metric": "net_sales",
    "effect_percent": "10", "method": "even", "starts_on": STARTS.isoformat(), "weeks": 4, "before": 12,
    "partners": 6,
}  # fmt: skip


@pytest.fixture
def shop(organisation, people):
    """The company with thirty outlets of which two gain a fifth: what ``browse`` logs in to."""
    open_outlets(organisation.units["grocer"])
    fill(organisation.units["grocer"], figures(lift=0.2))
    return {"unit": organisation.units["grocer"], **people}


def test_the_whole_life_by_click(shop, browse):
    client = browse("owner")
    given = {**FORM, "unit": shop["unit"].pk, "owner": shop["owner"].pk}
    answer = client.post(reverse("pilots_new"), given)
    wave, pilot = Wave.objects.get(), Pilot.objects.get()
    choose, page = reverse("pilots_outlets", args=[wave.pk]), reverse("pilots_pilot", args=[pilot.pk])
    assert answer["Location"] == choose
    listed = client.get(choose).content.decode()
    assert listed.count('name="codes"') == 30
    assert "店3" in listed
    assert client.post(choose, {"codes": CHOSEN})["Location"] == page
    shown = client.get(page).content.decode()
    assert "It sees effects from" in shown
    assert "does not say so yet" in shown  # the gate is shut from the beginning
    client.post(reverse("pilots_start", args=[wave.pk]))
    client.post(reverse("pilots_reading", args=[wave.pk]))
    wave.refresh_from_db()
    assert (wave.stage, wave.readings.count()) == (WaveStage.READ, 4)
    read = client.get(page).content.decode()
    assert "against the others (95 %:" in read
    assert "placebo test" in read
    client.post(reverse("pilots_decision", args=[wave.pk]), {"choice": "go_on", "reason": ""})
    given = {"starts_on": (STARTS + timedelta(weeks=5)).isoformat(), "weeks": 4}
    assert client.post(reverse("pilots_wave", args=[pilot.pk]), given)["Location"] == page
    assert [one.number for one in pilot.waves.order_by("number")] == [1, 2]
    second = pilot.waves.get(number=2)
    days = reverse("pilots_days", args=[second.pk])
    assert days in client.get(page).content.decode()
    assert client.post(days, {**given, "starts_on": STARTS.isoformat()}).status_code == 422
    assert client.post(days, {**given, "weeks": 6})["Location"] == page
    second.refresh_from_db()
    assert second.weeks == 6
    client.post(reverse("pilots_cancel", args=[pilot.pk]), {"ending": "供應商退出"})
    pilot.refresh_from_db()
    assert (pilot.stage, pilot.ending) == (PilotStage.STOPPED, "供應商退出")
    assert "供應商退出" in client.get(page).content.decode()


def test_the_next_wave_is_refused_by_the_clause_until_the_result_says_so(shop, browse):
    wave, client = started(shop), browse("owner")
    given = {"starts_on": (STARTS + timedelta(weeks=5)).isoformat(), "weeks": 4}
    answer = client.post(reverse("pilots_wave", args=[wave.pilot_id]), given)
    assert answer.status_code == 403
    assert "H6.2.2" in answer.content.decode()
    assert client.post(reverse("pilots_roll_out", args=[wave.pilot_id]), {"ending": "x"}).status_code == 403
    assert Wave.objects.count() == 1
    read_waves(at=AT)
    decide_wave(wave=wave, choice="go_on", by=shop["owner"], at=AT)
    late = {**given, "starts_on": STARTS.isoformat()}
    assert client.post(reverse("pilots_wave", args=[wave.pilot_id]), late).status_code == 422
    client.post(reverse("pilots_roll_out", args=[wave.pilot_id]), {"ending": "三月起全部門店"})
    assert Pilot.objects.get().stage == PilotStage.ROLLED_OUT


def test_some_are_drawn_by_lot_always_the_same(shop, browse):
    wave, client = prepared(shop), browse("owner")
    choose = reverse("pilots_outlets", args=[wave.pk])
    drawn = []
    for _again in range(2):
        client.post(choose, {"lot": 3})
        drawn.append(set(wave.units.filter(role=WaveRole.CHOSEN).values_list("code", flat=True)))
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 3
    answer = client.post(choose, {"lot": 31})
    assert answer.status_code == 422
    answer = client.post(choose, {"codes": ["S99"]})
    assert answer.status_code == 422
    answer = client.post(choose, {"lot": ""})
    assert answer.status_code == 422
    assert "Choose one to 100" in answer.content.decode()


def test_a_figure_that_is_gone_is_said_and_nobody_is_offered(shop, browse):
    wave, client = prepared(shop), browse("owner")
    Pilot.objects.update(metric="gone_since")
    choose = reverse("pilots_outlets", args=[wave.pk])
    answer = client.get(choose).content.decode()
    assert "gone_since" in answer
    assert 'name="codes"' not in answer
    assert client.post(choose, {"codes": CHOSEN}).status_code == 422
    assert client.get(reverse("pilots_pilot", args=[wave.pilot_id])).status_code == 200


def test_it_is_changed_before_its_start(shop, browse):
    wave, client = prepared(shop), browse("owner")
    edit = reverse("pilots_edit", args=[wave.pilot_id])
    assert "門口試吃" in client.get(edit).content.decode()
    given = {**FORM, "owner": shop["owner"].pk, "title": "另一名", "effect_percent": "-7.5"}
    assert client.post(edit, given).status_code == 302
    pilot = Pilot.objects.get()
    assert (pilot.title, str(pilot.planned_effect)) == ("另一名", "-0.0750")
    assert client.post(edit, {**given, "starts_on": "2026-01-06"}).status_code == 422


def test_who_works_for_a_part_sees_nothing_of_the_whole(shop, browse):
    wave = prepared(shop)
    pages = [reverse("pilots_pilot", args=[wave.pilot_id]), reverse("pilots_outlets", args=[wave.pk])]
    for name in ("east", "other"):
        client = browse(name)
        assert [client.get(page).status_code for page in pages] == [404, 404]
        assert wave.pilot.title not in client.get(reverse("pilots_list")).content.decode()
    lead = browse("lead")
    assert [lead.get(page).status_code for page in pages] == [200, 200]


def test_a_list_of_any_length_takes_the_same_questions(shop, browse, django_assert_num_queries):
    client = browse("owner")
    started(shop)
    read_waves(at=AT)
    listed = client.get(reverse("pilots_list")).content.decode()
    assert "<span>+23.7%</span>" in listed
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("pilots_list"))
    for title in ("二", "三"):
        prepared(shop, title=title)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("pilots_list"))


LIST_QUERIES = 9
