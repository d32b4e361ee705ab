"""Profile, notices and tokens of one's own."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from remit.audit.models import Event
from remit.notices.queries import preference_of
from remit.org.actions import add_person, make_token, use_token
from remit.org.rules import tokens_visible_to

from .conftest import AT, PASSWORD, log_in

pytestmark = pytest.mark.django_db
NOTICES = {"mail": "digest", "digest_at": "09:30", "quiet_from": "21:00", "quiet_until": "08:00"}


@pytest.fixture
def inside(ann, browser):
    log_in(browser)
    return browser


def test_what_a_person_chooses_is_kept_and_worn(ann, inside):
    answer = inside.post("/account/", {"language": "zh-hant", "theme": "dark", "zone": "Asia/Tokyo"})
    assert (answer.status_code, answer.url) == (302, "/account/")
    ann.refresh_from_db()
    assert (ann.language, ann.theme, ann.zone) == ("zh-hant", "dark", "Asia/Tokyo")
    assert (answer.cookies["django_language"].value, answer.cookies["theme"].value) == ("zh-hant", "dark")


@pytest.mark.parametrize(
    "wrong",
    [{"language": "tlh"}, {"theme": "pink"}, {"zone": "Mars/Base"}],
    ids=["language", "theme", "zone"],
)
def test_what_cannot_be_chosen_is_refused_on_the_page(ann, inside, wrong):
    answer = inside.post("/account/", {"language": "en"} | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)


def test_nobody_makes_themselves_another_by_the_profile(ann, inside):
    inside.post("/account/", {"language": "en", "email": "boss@example.org", "name": "Boss", "is_active": ""})
    ann.refresh_from_db()
    assert (ann.email, ann.name, ann.is_active) == ("ann@example.org", "Ann", True)


def test_wishes_for_notices_are_kept(ann, inside):
    assert inside.get("/account/notices").context["form"]["mail"].value() == "immediately"
    assert inside.post("/account/notices", NOTICES).status_code == 302
    kept = preference_of(ann)
    assert (kept.mail, kept.digest_at, kept.quiet_from, kept.quiet_until) == (
        "digest",
        time(9, 30),
        time(21),
        time(8),
    )


@pytest.mark.parametrize(
    ("field", "wrong"), [("quiet_until", ""), ("mail", "pigeon"), ("digest_at", "25:00")]
)
def test_wishes_that_make_no_sense_are_refused_on_the_page(ann, inside, field, wrong):
    answer = inside.post("/account/notices", NOTICES | {field: wrong})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_letters_point_to_the_page_where_one_changes_them():
    assert reverse("accounts_notices") == "/account/notices"


def test_a_tokens_secret_is_shown_once(ann, inside):
    answer = inside.post("/account/tokens", {"name": "Weekly report", "days": "30"})
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert use_token(secret=secret, at=datetime.now(UTC)) == ann
    assert use_token(secret=secret, at=datetime.now(UTC) + timedelta(days=31)) is None
    later = inside.get("/account/tokens").content.decode()
    assert "Weekly report" in later
    assert not re.search("remit_[A-Za-z0-9]", later)


def test_a_token_needs_to_say_what_for(ann, inside):
    answer = inside.post("/account/tokens", {"name": "  ", "days": "30"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    assert not tokens_visible_to(ann).exists()


def test_a_token_is_revoked_by_its_owner_only(ann, inside):
    bo = add_person(email="bo@example.org", name="Bo", password=PASSWORD, by=None, at=AT)
    theirs, _secret = make_token(person=bo, name="x", by=bo, at=AT)
    mine, secret = make_token(person=ann, name="y", by=ann, at=AT)
    assert inside.post(f"/account/tokens/{theirs.pk}/revocation").status_code == 404
    assert inside.post("/account/tokens/999999/revocation").status_code == 404
    assert inside.get(f"/account/tokens/{mine.pk}/revocation").status_code == 405
    assert inside.post(f"/account/tokens/{mine.pk}/revocation").status_code == 302
    assert use_token(secret=secret, at=AT) is None
    theirs.refresh_from_db()
    assert theirs.revoked_at is None
    assert Event.objects.latest("id").name == "org.token.revoked"


@pytest.mark.parametrize("page", ["/account/", "/account/notices", "/account/tokens"])
def test_own_pages_need_a_log_in(browser, page):
    assert browser.get(page).status_code == 302
    assert browser.post(page).status_code == 302
