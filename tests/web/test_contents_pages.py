"""The pages of kept content and of a company's own words."""

import html
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from remit.governance.actions.content_item import add_content
from remit.governance.models import ContentItem, OwnWords
from remit.org.models import Person, Position, Unit
from tests.web.figures_house import House

RULE = {"words": "藍鯨", "severity": "stop", "why": "對手的商標", "suggestion": "不提對手"}
OWN = {"rules": {"OWN-001": RULE}, "disabled": {"PRI-031": "法務已確認"}}


@pytest.fixture(autouse=True)
def _director_manages_policies(house: House) -> None:
    Position.objects.filter(code="p-director").update(abilities=["manage_policies"])


def reader(person: Person, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def written(content: Any = OWN) -> str:
    return yaml.safe_dump(content, allow_unicode=True)


def kept(person: Person, text: str = "藍鯨上市") -> ContentItem:
    unit, at = Unit.objects.get(code="grocer"), timezone.now()
    return add_content(
        unit=unit, title="秋季新品", channel="shop", text=text, owner=person, by=person, at=at, live_at=at
    )


def edit(client: Client, act: str, **more: Any) -> Any:
    return client.post(reverse("screening_own_edit"), {"act": act, "after": 0, "reason": "r", **more})


def test_the_list_is_tried_on_live_content_and_then_published(house: House) -> None:
    admin = house.people["director"]
    kept(admin)
    client = reader(admin)
    tried = edit(client, "try", content=written())
    assert "Of 1 live texts 0 keep their verdict, 1 get a graver one" in tried.content.decode()
    assert not OwnWords.objects.exists()
    assert edit(client, "publish", content=written()).status_code == 302
    page = client.get(reverse("screening_own")).content.decode()
    assert "OWN-001 藍鯨" in page
    assert "法務已確認" in page
    assert "藍鯨" in client.get(reverse("screening_rules")).content.decode()
    marked = client.post(reverse("screening_page"), {"text": "藍鯨"}).content.decode()
    assert "Rule of this company" in marked


def test_what_is_exported_is_imported_as_it_was(house: House) -> None:
    client = reader(house.people["director"])
    edit(client, "publish", content=written())
    file = client.get(reverse("screening_own_export"))
    assert yaml.safe_load(file.content) == OWN
    upload = SimpleUploadedFile("own.yaml", file.content.replace("藍鯨".encode(), "白鯨".encode()))
    shown = edit(client, "publish", file=upload, after=1)
    assert "白鯨" in shown.content.decode()  # a file is shown first, whatever was pressed
    assert OwnWords.objects.count() == 1


def test_a_bad_list_is_refused_in_a_sentence_and_nothing_is_lost(house: House) -> None:
    client = reader(house.people["director"], "zh-hant")
    for content, said in (
        (written({"disabled": {"NO-1": "x"}}), "沒有編號為 NO-1 的規則"),
        ("rules: [", "第 1 行"),
        ("- a", "請寫 rules:"),
        ("rules: &a {}\nchanges: *a", "引用了別處"),
        (written({"rules": {"OWN-1": {**RULE, "words": "鯨"}}}), "不足兩個字"),
    ):
        answer = edit(client, "publish", content=content)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert content.splitlines()[0].split("'")[0] in html.unescape(answer.content.decode())
    assert not OwnWords.objects.exists()


def test_only_who_manages_policies_of_all_edits_the_list(house: House) -> None:
    assert reader(house.people["west"]).get(reverse("screening_own_edit")).status_code == 403


def test_content_is_kept_screened_changed_and_withdrawn(house: House) -> None:
    person = house.people["analyst"]
    client = reader(person)
    unit = Unit.objects.get(code="grocer")
    form = {
        "title": "冬季",
        "text": "頂級羊絨\r\n好穿",
        "channel": "shop",
        "unit": unit.pk,
        "owner": person.pk,
    }
    answer = client.post(reverse("contents_new"), form)
    item = ContentItem.objects.get()
    assert answer.url == reverse("contents_content", args=[item.pk])
    assert (item.text, item.verdict, item.state) == ("頂級羊絨\n好穿", "stop", "draft")
    page = client.get(answer.url).content.decode()
    assert '<mark class="is-stop">' in page
    client.post(reverse("contents_edit", args=[item.pk]), form | {"text": "羊絨"})
    item.refresh_from_db()
    assert item.verdict == "pass"
    asked = client.post(reverse("contents_review", args=[item.pk]))
    assert asked.url.startswith("/approvals/requests/")
    assert "Content review" in client.get(asked.url).content.decode()
    without = client.post(reverse("contents_withdrawal", args=[item.pk]), {"reason": ""})
    assert without.status_code == 422
    client.post(reverse("contents_withdrawal", args=[item.pk]), {"reason": "over"})
    item.refresh_from_db()
    assert item.state == "withdrawn"


def test_only_who_manages_policies_registers_what_is_live_already(house: House) -> None:
    unit, person = Unit.objects.get(code="grocer"), house.people["analyst"]
    form = {"title": "t", "text": "好", "channel": "shop", "unit": unit.pk, "live_on": "2020-01-01"}
    reader(person).post(reverse("contents_new"), form | {"owner": person.pk})
    admin = house.people["director"]
    reader(admin).post(reverse("contents_new"), form | {"owner": admin.pk})
    future = reader(admin).post(reverse("contents_new"), form | {"owner": admin.pk, "live_on": "2999-01-01"})
    assert future.status_code == 422
    assert list(ContentItem.objects.order_by("pk").values_list("state", flat=True)) == ["draft", "live"]


def test_a_finding_stands_on_today_and_another_lets_it_stand_with_a_reason(house: House) -> None:
    owner = house.people["analyst"]
    finding = kept(owner, "頂級").findings.get()
    assert "Words to correct in my content" in reader(owner).get(reverse("today")).content.decode()
    address = reverse("contents_exception", args=[finding.pk])
    assert reader(owner).post(address, {"reason": "x"}).status_code == 403
    admin = reader(house.people["director"])
    assert admin.post(address, {"reason": ""}).status_code == 422
    admin.post(address, {"reason": "the name of a prize"})
    page = admin.get(reverse("contents_findings") + "?state=excepted").content.decode()
    assert "頂級" in page
    assert "Words to correct" not in reader(owner).get(reverse("today")).content.decode()
