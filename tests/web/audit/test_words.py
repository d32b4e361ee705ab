"""The record speaks the language of its reader, also of tables and of ways to log in."""

import pytest
from django.utils import translation

from remit.lake.events import IMPORT_STARTED
from remit.org.events import LOGGED_IN, SAFETY_CHANGED


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
