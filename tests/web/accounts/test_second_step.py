"""Two-step log-in: codes, recovery codes, passkeys."""

import base64
import hashlib
import hmac
import re
import time

import pytest
from django.core import mail

from remit.audit.models import Event
from remit.org.actions import close_account

from .conftest import AT, PASSWORD, is_inside, log_in, prove
from .passkey import Passkey

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238: SHA-1, six digits, thirty seconds)."""
    moment = int(time.time()) // 30
    mac = hmac.new(base64.b32decode(secret), moment.to_bytes(8), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4]) & 0x7FFFFFFF) % 10**6:06}"


def give_code(browser, address: str, secret: str) -> None:
    """Type the code; once more when the half minute ended between reading and typing it."""
    if browser.post(address, {"code": code_of(secret)}).status_code != 302:
        assert browser.post(address, {"code": code_of(secret)}).status_code == 302


@pytest.fixture
def secret(ann, browser) -> str:
    """Ann has switched on codes; the key that her app knows. Nobody is logged in."""
    log_in(browser)
    prove(browser)
    secret = browser.get("/accounts/2fa/totp/activate/").context["form"].secret
    give_code(browser, "/accounts/2fa/totp/activate/", secret)
    mail.outbox.clear()
    browser.post("/accounts/logout/")
    return secret


@pytest.mark.parametrize("page", ["totp/activate/", "webauthn/add/"])
def test_who_finds_an_open_session_cannot_change_the_log_in_without_the_password(ann, browser, page):
    log_in(browser)
    answer = browser.get(f"/accounts/2fa/{page}")
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/accounts/reauthenticate/")
    prove(browser, "wrong")
    assert browser.get(f"/accounts/2fa/{page}").status_code == 302
    prove(browser)
    assert browser.get(f"/accounts/2fa/{page}").status_code == 200


# -- codes of an app --------------------------------------------------------------------------


def test_the_code_to_scan_names_the_house_and_the_person(ann, browser):
    log_in(browser)
    prove(browser)
    page = browser.get("/accounts/2fa/totp/activate/")
    assert "otpauth://totp/ann%40example.org?" in page.context["totp_url"]
    assert "issuer=Remit" in page.context["totp_url"]


def test_with_codes_on_the_password_alone_opens_nothing(secret, browser):
    answer = log_in(browser)
    assert (answer.url, is_inside(browser)) == ("/accounts/2fa/authenticate/", False)
    wrong = f"{(int(code_of(secret)) + 500_000) % 10**6:06}"
    browser.post("/accounts/2fa/authenticate/", {"code": wrong})
    assert not is_inside(browser)


def test_password_and_code_open_the_door_and_are_recorded(secret, browser):
    log_in(browser)
    give_code(browser, "/accounts/2fa/authenticate/", secret)
    assert is_inside(browser)
    event = Event.objects.latest("id")
    assert (event.name, event.fields) == ("org.person.logged_in", {"ways": "password, totp"})


@pytest.mark.parametrize(
    ("language", "title", "label"),
    [
        ("en", "Two-step log-in", "Code of six digits, or a recovery code"),
        ("zh-hant", "兩步驟登入", "六位數驗證碼，或一組備用碼"),
        ("zh-hans", "两步骤登录", "六位数验证码，或一组备用码"),
    ],
)
def test_the_second_step_speaks_the_products_words_and_offers_no_key_to_who_has_none(
    secret, browser, language, title, label
):
    log_in(browser)
    browser.cookies["django_language"] = language
    page = browser.get("/accounts/2fa/authenticate/").content.decode()
    assert (f"<h1>{title}</h1>" in page, label in page) == (True, True)
    assert ("webauthn" in page, "mfa/js" in page) == (False, False)


def test_guessing_codes_is_stopped(secret, browser):
    log_in(browser)
    wrong = f"{(int(code_of(secret)) + 500_000) % 10**6:06}"
    answers = [browser.post("/accounts/2fa/authenticate/", {"code": wrong}) for _try in range(7)]
    assert "Too many" in answers[-1].content.decode()
    browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert not is_inside(browser)


@pytest.mark.django_db(transaction=True)  # the letter goes out after the commit
def test_switching_codes_on_is_told_by_mail_and_recorded(ann, browser):
    log_in(browser)
    prove(browser)
    secret = browser.get("/accounts/2fa/totp/activate/").context["form"].secret
    give_code(browser, "/accounts/2fa/totp/activate/", secret)
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]
    assert Event.objects.latest("id").fields == {"what": "totp_activated"}


def test_who_left_does_not_come_in_by_a_code_either(ann, secret, browser):
    log_in(browser)
    close_account(person=ann, by=None, at=AT)
    browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert not is_inside(browser)


# -- recovery codes ---------------------------------------------------------------------------


@pytest.fixture
def recovery_codes(secret, browser) -> list[str]:
    log_in(browser)
    give_code(browser, "/accounts/2fa/authenticate/", secret)
    prove(browser)
    page = browser.get("/accounts/2fa/recovery-codes/")
    browser.post("/accounts/logout/")
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    return codes


def test_a_recovery_code_opens_the_door_once(recovery_codes, browser):
    log_in(browser)
    browser.post("/accounts/2fa/authenticate/", {"code": recovery_codes[0]})
    assert is_inside(browser)
    assert Event.objects.latest("id").fields == {"ways": "password, recovery_codes"}
    browser.post("/accounts/logout/")
    log_in(browser)
    browser.post("/accounts/2fa/authenticate/", {"code": recovery_codes[0]})
    assert not is_inside(browser)
    browser.post("/accounts/2fa/authenticate/", {"code": recovery_codes[1]})
    assert is_inside(browser)


# -- passkeys ---------------------------------------------------------------------------------


@pytest.fixture
def passkey(ann, browser) -> Passkey:
    """Ann has a passkey that she may use alone. Nobody is logged in."""
    log_in(browser)
    prove(browser)
    options = browser.get("/accounts/2fa/webauthn/add/").context["js_data"]["creation_options"]
    key = Passkey()
    answer = browser.post(
        "/accounts/2fa/webauthn/add/",
        {"name": "My telephone", "credential": key.register(options), "passwordless": "on"},
    )
    assert answer.status_code == 302
    browser.post("/accounts/logout/")
    return key


def test_a_passkey_opens_the_door_without_a_password(ann, passkey, browser):
    options = browser.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    answer = browser.post(
        "/accounts/2fa/webauthn/login/",
        {"credential": passkey.log_in(options["request_options"])},
    )
    assert (answer.status_code, is_inside(browser)) == (302, True)
    assert Event.objects.latest("id").fields == {"ways": "webauthn"}


def test_an_answer_to_an_old_challenge_opens_nothing(ann, passkey, browser):
    ask = {"accept": "application/json"}
    options = browser.get("/accounts/2fa/webauthn/login/", headers=ask).json()["request_options"]
    browser.get("/accounts/2fa/webauthn/login/", headers=ask)
    browser.post("/accounts/2fa/webauthn/login/", {"credential": passkey.log_in(options)})
    assert not is_inside(browser)


def test_anothers_key_opens_nothing(ann, passkey, browser):
    options = browser.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    forged = Passkey(id=passkey.id, user=passkey.user)
    browser.post(
        "/accounts/2fa/webauthn/login/",
        {"credential": forged.log_in(options["request_options"])},
    )
    assert not is_inside(browser)


def test_a_passkey_is_a_second_step_as_well(ann, passkey, browser):
    assert log_in(browser, PASSWORD).url == "/accounts/2fa/authenticate/"
    page = browser.get("/accounts/2fa/authenticate/")
    assert 'id="mfa_webauthn_authenticate"' in page.content.decode()
    options = page.context["js_data"]["request_options"]
    browser.post("/accounts/2fa/authenticate/", {"credential": passkey.log_in(options)})
    assert is_inside(browser)
    assert re.fullmatch("password, webauthn", Event.objects.latest("id").fields["ways"])


def test_keys_are_listed_with_what_they_are_for_and_when_they_were_used(ann, passkey, browser):
    options = browser.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    key = "/accounts/2fa/webauthn/"
    browser.post(f"{key}login/", {"credential": passkey.log_in(options["request_options"])})
    page = browser.get(key).content.decode()
    assert ("My telephone" in page, "Passkey: logs in without a password" in page) == (True, True)
    assert "not yet" not in page
    browser.cookies["django_language"] = "zh-hant"
    page = browser.get(key).content.decode()
    assert ("通行金鑰：免密碼登入" in page, "Not used" in page) == (True, False)
    prove(browser)
    assert "金鑰名稱" in browser.get(f"{key}add/").content.decode()
