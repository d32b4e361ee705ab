"""The pages of experiments and their interface for programs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from remit.execution.actions.conflict import add_option, log_conflict
from remit.kernels.experiments.assigning import assign, from_data
from remit.learning.actions.reading import read_running
from remit.learning.models import Enrolment, Experiment, Layer
from remit.learning.queries.definitions import definition_of, whole
from remit.org.actions.token import make_token

from .shop import AT, lift, prepared, started

FORM = {
    "title": "結帳按鈕換色", "key": "button", "hypothesis": "橘色更醒目。", "pain_point": "找不到結帳按鈕。",
    "kind": "other", "starts_on": "2026-02-01", "days": 14, "extra_days": 7, "audience": "everybody",
    "layer": "", "start_percent": "0", "end_percent": "50", "attribute": "age_group",
    "values": "25-34，35-44",
    "primary": "net_sales", "effect_percent": "5", "guardrails": ["buyers"], "secondaries": ["baskets"],
    "mode": "daily", "uses_past": "on", "cap": "99", "variants-TOTAL_FORMS": 2, "variants-INITIAL_FORMS": 2,
    "variants-0-code": "control", "variants-0-title": "照舊", "variants-0-weight": 1,
    "variants-1-code": "orange", "variants-1-title": "橘色", "variants-1-weight": 3,
}  # fmt: skip


def address(name, experiment):
    return reverse(f"experiments_{name}", args=[experiment.pk])


def test_an_experiment_is_prepared_changed_foreseen_and_started_by_click(shop, browse):
    client = browse("owner")
    given = {**FORM, "unit": shop["unit"].pk, "owner": shop["owner"].pk}
    answer = client.post(reverse("experiments_new"), given)
    row = Experiment.objects.get()
    assert answer["Location"] == address("experiment", row)
    assert (row.start, row.end, row.conditions, str(row.planned_effect)) == (
        0, 5_000, [{"attribute": "age_group", "values": ["25-34", "35-44"], "excludes": False}], "0.0500",
    )  # fmt: skip
    assert list(row.metrics.order_by("place").values_list("metric", "role")) == [
        ("net_sales", "primary"), ("buyers", "guardrail"), ("baskets", "secondary"),
    ]  # fmt: skip
    assert list(row.variants.order_by("place").values_list("code", "weight")) == [
        ("control", 1),
        ("orange", 3),
    ]
    page = client.get(address("edit", row)).content.decode()
    assert 'value="25-34, 35-44"' in page
    assert client.post(address("edit", row), {**given, "days": 21})["Location"] == address("experiment", row)
    assert client.post(address("forecast", row)).status_code == 302
    row.refresh_from_db()
    assert [one["days"] for one in row.foreseen["rows"]] == [7, 14]
    assert "What the past says" in client.get(address("experiment", row)).content.decode()
    client.post(address("start", row))
    row.refresh_from_db()
    assert (row.stage, row.days) == ("running", 21)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"days": 10}, "take 14 days (H6.2.3)"),
        ({"values": ""}, "Say which values."),
        ({"primary": "buyers"}, "It decides already"),
        ({"variants-1-code": ""}, "A variant has a code"),
        ({"variants-1-code": "control"}, "Name a control and one to 5 other variants"),
    ],
)
def test_a_form_with_a_fault_says_it_and_keeps_what_was_written(shop, browse, change, says):
    given = {**FORM, "unit": shop["unit"].pk, "owner": shop["owner"].pk, **change}
    answer = browse("owner").post(reverse("experiments_new"), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "橘色更醒目。" in page
    assert not Experiment.objects.exists()


def test_a_running_experiment_is_read_decided_and_rolled_out_by_click(shop, browse):
    experiment, client = started(shop), browse("owner")
    lift(shop["unit"], experiment, "video", 60)
    assert "Not read yet" in client.get(address("experiment", experiment)).content.decode()
    client.post(address("reading", experiment))
    page = client.get(address("experiment", experiment)).content.decode()
    assert "Ship · 加影片" in page
    assert "The primary figure is better, beyond chance." in page
    assert page.count('<svg class="whisker') == 3
    assert "Days left</dt><dd>0" in page
    listed = client.get(reverse("experiments_list")).content.decode()
    assert "Ship" in listed
    answer = client.post(address("decision", experiment), {"choice": "stop", "reason": ""})
    assert answer.status_code == 422
    assert "who leads may decide otherwise" in answer.content.decode()
    client.post(address("decision", experiment), {"choice": "ship"})
    client.post(
        address("roll_out", experiment),
        {"where": "全站", "rolled_on": "2026-03-02", "check_on": "2026-04-01"},
    )
    experiment.refresh_from_db()
    assert experiment.stage == "rolled_out"
    assert "The experiment found" in client.get(address("experiment", experiment)).content.decode()


def test_people_come_from_a_file_and_a_fault_is_said(shop, browse):
    experiment, client = started(shop, audience="file"), browse("owner")
    file = SimpleUploadedFile("p.csv", b"person,variant\nC0001,video\n")
    assert client.post(address("people", experiment), {"file": file}).status_code == 302
    assert Enrolment.objects.get().person == "C0001"
    wrong = SimpleUploadedFile("p.csv", b"person,variant\nC0002,nothing\n")
    answer = client.post(address("people", experiment), {"file": wrong})
    assert answer.status_code == 422
    assert "no variant “nothing”" in answer.content.decode()


def test_who_sees_a_part_of_the_company_finds_nothing(shop, browse):
    experiment = prepared(shop)
    for name in ("east", "other"):
        client = browse(name)
        assert client.get(address("experiment", experiment)).status_code == 404
        assert client.post(address("start", experiment)).status_code == 404
        assert experiment.title not in client.get(reverse("experiments_list")).content.decode()
    assert browse("east").get(reverse("experiments_new")).status_code == 403


def test_a_dispute_becomes_an_experiment_between_its_ways_out_in_one_click(shop, browse):
    own = {"by": shop["owner"], "at": AT}
    conflict = log_conflict(
        unit=shop["unit"], kind="goals", title="包裝要紅還是藍", note="兩部門各執一詞", **own
    )
    for text in ("紅色包裝", "藍色包裝"):
        add_option(conflict=conflict, text=text, **own)
    client = browse("owner")
    page = client.get(reverse("conflicts_conflict", args=[conflict.pk])).content.decode()
    assert "Turn it into an experiment" in page
    answer = client.post(reverse("experiments_dispute", args=[conflict.pk]))
    row = Experiment.objects.get()
    assert answer["Location"] == address("edit", row)
    assert (row.dispute, row.title, row.stage) == (conflict, "包裝要紅還是藍", "draft")
    assert list(row.variants.order_by("place").values_list("title", flat=True)) == ["紅色包裝", "藍色包裝"]
    assert row.title in client.get(reverse("conflicts_conflict", args=[conflict.pk])).content.decode()
    client.post(reverse("experiments_dispute", args=[conflict.pk]))
    assert Experiment.objects.order_by("pk").values_list("key", flat=True)[1] == f"dispute-{conflict.pk}-2"
    assert browse("east").post(reverse("experiments_dispute", args=[conflict.pk])).status_code in (403, 404)
    short = log_conflict(unit=shop["unit"], kind="stock", title="貨不夠", note="兩檔同時要", **own)
    assert client.post(reverse("experiments_dispute", args=[short.pk])).status_code == 403


def test_a_layer_is_added_once(shop, browse):
    client = browse("owner")
    given = {"unit": shop["unit"].pk, "title": "網店", "holdout_percent": "5"}
    assert client.post(reverse("experiments_layers"), given).status_code == 302
    assert client.post(reverse("experiments_layers"), given).status_code == 422
    assert Layer.objects.get().holdout == 500
    assert "5.0%" in client.get(reverse("experiments_layers")).content.decode()


def test_a_list_of_any_length_takes_the_same_questions(shop, browse, django_assert_max_num_queries):
    client = browse("owner")
    started(shop, "one")
    read_running(at=AT)
    client.get(reverse("experiments_list"))
    with django_assert_max_num_queries(40) as first:
        client.get(reverse("experiments_list"))
    for key in ("two", "three"):
        started(shop, key)
    read_running(at=AT)
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(reverse("experiments_list"))


def test_programs_fetch_definitions_once_and_assign_by_them(shop, browse):
    experiment, client = started(shop, audience="seen", days=35), browse("owner")
    answer = client.get(reverse("api:definitions"))
    data = answer.json()
    (one,) = data["running"]
    assert (one["key"], one["starts_on"], one["ends_on"]) == ("video", "2026-02-01", "2026-03-07")
    assert (
        client.get(reverse("api:definitions"), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    )
    started(shop, "another")
    assert (
        client.get(reverse("api:definitions"), headers={"If-None-Match": answer["ETag"]}).status_code == 200
    )
    assert browse("east").get(reverse("api:definitions")).json()["running"] == []
    assert client.get(reverse("api:definitions"), {"unit": "grocer"}).json()["running"][1]["key"] == "video"
    assert client.get(reverse("api:definitions"), {"unit": "market"}).status_code == 404
    assert assign(from_data(one), "C0001").variant in {"control", "video"}
    assert experiment.key == one["key"]


def program(person):
    """A client with a personal token of that person, as a program has it."""
    _token, secret = make_token(person=person, name="program", by=person, at=AT)
    return Client(headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"})


def test_programs_read_the_result_and_nobody_elses(shop):
    started(shop, days=14)
    before = program(shop["owner"]).get(reverse("api:experiment", args=["video"])).json()
    assert (before["through_on"], before["figures"], before["advice"]) == (None, [], None)
    read_running(at=AT)
    found = program(shop["owner"]).get(reverse("api:experiment", args=["video"])).json()
    assert (found["through_on"], found["advice"]) == ("2026-02-14", "extend")
    assert [one["metric"] for one in found["figures"]] == ["net_sales", "buyers", "basket_value"]
    assert program(shop["other"]).get(reverse("api:experiment", args=["video"])).status_code == 404


def test_programs_say_who_was_seen_and_wrong_ones_are_named_by_their_place(shop, monkeypatch):
    experiment = started(shop, audience="seen", days=35)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    drawn = assign(definition_of(whole(Experiment.objects.all()).get()), "C0001").variant
    people = [{"person": "C0001", "variant": drawn}, {"person": "C0002", "variant": "none"}]
    client, url = program(shop["owner"]), reverse("api:experiment_people", args=[experiment.key])
    answer = client.post(url, {"people": people}, content_type="application/json")
    assert answer.json() == {
        "taken": 1, "refused": [{"place": 1, "reason": "It has no variant “none”."}],
    }  # fmt: skip
    assert client.post(url, {"people": []}, content_type="application/json").status_code == 422
    assert Enrolment.objects.get().person == "C0001"
    lead = program(shop["other"]).post(url, {"people": people}, content_type="application/json")
    assert lead.status_code == 404
