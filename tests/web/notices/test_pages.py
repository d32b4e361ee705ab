"""A person's notices."""

import pytest
from django.utils import timezone

from remit.notices.actions import notify
from remit.notices.models import Notice
from remit.org.models import Unit


@pytest.fixture
def told(person):
    """Tell somebody something about a unit."""

    def tell(name: str, code: str = "journey-west", text: str = "Something about %(subject)s") -> Notice:
        unit = Unit.objects.get(code=code)
        (notice,) = notify(people=[person(name)], text=text, subject=unit, at=timezone.now())
        return notice

    return tell


def sentences(page) -> list[str]:
    return [notice.sentence for notice in page.context["notices"]]


def test_one_sees_one_s_own_notices_only(log_in_as, told):
    told("west")
    told("east", "journey-east")
    assert sentences(log_in_as("west").get("/notices")) == ["Something about Journey West"]


def test_opening_a_notice_reads_it_and_goes_to_its_subject(log_in_as, told):
    notice = told("west")
    browser = log_in_as("west")
    answer = browser.post(f"/notices/{notice.pk}")
    assert answer["Location"] == f"/team/units/{Unit.objects.get(code='journey-west').pk}"
    assert sentences(browser.get("/notices?only=unread")) == []


def test_a_notice_about_something_out_of_sight_says_nothing_of_it(log_in_as, told):
    notice = told("west", "journey-east")
    browser = log_in_as("west")
    assert sentences(browser.get("/notices")) == ["This was about something that you cannot see any more."]
    assert browser.post(f"/notices/{notice.pk}")["Location"] == "/notices"


def test_the_bell_counts_what_is_unread_until_all_is_read(log_in_as, told):
    told("west")
    browser = log_in_as("west")
    assert 'aria-label="Notices (1)"' in browser.get("/notices").text
    browser.post("/notices/reading")
    assert 'aria-label="Notices"' in browser.get("/notices").text


def test_another_s_notice_does_not_exist(log_in_as, told):
    assert log_in_as("east").post(f"/notices/{told('west').pk}").status_code == 404
