"""The record speaks the language of its reader, also of tables and of ways to log in."""

import re

import pytest
from django.utils import translation

from remit.audit.events import known_types
from remit.lake.events import IMPORT_STARTED
from remit.notices.events import NOTICE_GIVEN
from remit.org.events import LOGGED_IN, SAFETY_CHANGED
from remit.web.audit.forms import ROOMS, SearchForm


@pytest.mark.parametrize(
    ("event", "values", "said"),
    [
        (
            IMPORT_STARTED,
            {"by": "王思涵", "name": "a.csv", "table": "redemptions", "unit": "journey"},
            ("王思涵 為 journey 的資料表 核銷 送交了 a.csv", "redemptions"),
        ),
        (
            LOGGED_IN,
            {"subject": "王", "ways": "password, totp", "address": "::1"},
            ("密碼 + 驗證器應用程式", "totp"),
        ),
        (LOGGED_IN, {"subject": "王", "ways": "company", "address": "::1"}, ("company", "密碼")),
        (
            SAFETY_CHANGED,
            {"subject": "王", "what": "totp_activated", "address": "::1"},
            ("設定驗證器", "totp_"),
        ),
    ],
)
def test_codes_of_an_event_are_words_in_chinese(event, values, said):
    with translation.override("zh-hant"):
        sentence = event.say(values)
    assert (said[0] in sentence, said[1] in sentence) == (True, False)


def test_what_people_were_told_is_in_the_language_of_the_reader():
    values = {"count": 1, "text": "A risk is to be looked at again: %(subject)s."}
    with translation.override("zh-hant"):
        assert NOTICE_GIVEN.say(values) == "已通知 1 人：該重新檢視風險：…。"
    with translation.override("en"):
        assert NOTICE_GIVEN.say(values) == "1 people were told: A risk is to be looked at again: …."


@pytest.mark.parametrize(
    ("name", "chinese", "english"),
    [
        ("planning.plan.added", "規劃了活動「…」", "Planned the campaign “…”"),
        ("org.holidays.kept", "單位 … 自 … 起採用 … 的假期", "The unit … keeps the holidays of … from …"),
        ("org.unit.changed", "修改了單位 …", "Changed the unit …"),
        ("notices.notice.given", "已通知 … 人", "… people were told"),
        ("org.person.logged_in", "… 從 … 登入", "… logged in from …"),
    ],
)
def test_a_kind_of_event_is_said_without_who_and_what(name, chinese, english):
    gists = []
    for language in ("zh-hant", "en"):
        with translation.override(language):
            gists.append(known_types()[name].gist)
    assert gists == [chinese, english]


OF_TESTS = ("test.", "tests.")  # events that other modules of the suite declare when they are collected


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans", "en"])
def test_the_kinds_to_search_for_are_words_and_can_be_told_apart(language, person):
    with translation.override(language):
        form = SearchForm(None, person=person("admin"))
        everything, *rooms = form.fields["name"].choices
        offered = [(value, title) for _room, kinds in rooms for value, title in kinds]
    offered = [(value, title) for value, title in offered if not value.startswith(OF_TESTS)]
    known = {name for name in known_types() if not name.startswith(OF_TESTS)}
    assert everything[0] == ""
    assert {value for value, _title in offered} == known | {f"{room}." for room in ROOMS}
    assert len({title for _value, title in offered}) == len(offered)
    assert [title for _value, title in offered if re.search(r"%|\w\.\w|[a-z]_[a-z]", title)] == []
    if language != "en":
        assert [title for _value, title in offered if not re.search(r"[一-鿿]", title)] == []
