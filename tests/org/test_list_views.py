"""Views of lists: named, set anew, capped, removed, on record."""

from datetime import UTC, datetime

import pytest

from remit.audit.models import Event
from remit.org.actions import add_person, remove_list_view, save_list_view
from remit.org.actions.list_view import (
    VIEWS_MAX,
    ListViewNeedsTitle,
    ListViewUnreadable,
    TooManyListViews,
)
from remit.org.queries.list_views import list_views_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def ann():
    return add_person(email="ann@example.org", name="Ann", by=None, at=AT)


@pytest.fixture
def bob():
    return add_person(email="bob@example.org", name="Bob", by=None, at=AT)


def save(person, title="Open", query="state=open", list_name="jobs"):
    return save_list_view(person=person, list_name=list_name, title=title, query=query, by=person, at=AT)


def kept(person, list_name="jobs"):
    return [(view.title, view.query) for view in list_views_of(person, list_name)]


def test_views_are_ones_own_of_one_list_by_title(ann, bob):
    save(ann, "Open")
    save(ann, "Failed", "state=failed")
    save(ann, "Open", "q=x", list_name="people")
    save(bob, "Mine", "q=y")
    assert kept(ann) == [("Failed", "state=failed"), ("Open", "state=open")]


def test_a_title_that_is_there_already_is_set_anew(ann):
    save(ann, " Open ", "state=open")
    save(ann, "Open", "state=open&sort=-made_at")
    assert kept(ann) == [("Open", "state=open&sort=-made_at")]


def test_a_query_is_written_with_one_value_a_key_and_nothing_unreadable(ann):
    save(ann, query="q=a&q=%E7%93%B6%00&&nothing")
    assert kept(ann) == [("Open", "q=%E7%93%B6&nothing=")]


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"title": " \x00 "}, ListViewNeedsTitle, "Give the view a name"),
        ({"query": "q=" + "x" * 999}, ListViewUnreadable, "Shorten the search"),
        ({"query": "q=" + "瓶" * 120}, ListViewUnreadable, "Shorten the search"),
        ({"query": "&".join(["a=1"] * 250)}, None, ""),
        ({"list_name": "x" * 41}, ListViewUnreadable, "no such list"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(ann, wrong, error, words):
    if error is None:
        assert save(ann, **wrong).query == "a=1"
    else:
        with pytest.raises(error, match=words):
            save(ann, **wrong)
        assert kept(ann) == []


def test_a_list_keeps_thirty_views_and_any_of_them_can_still_be_set_anew(ann):
    for number in range(VIEWS_MAX):
        save(ann, f"V{number:02}")
    with pytest.raises(TooManyListViews, match="at most 30 views"):
        save(ann, "one more")
    save(ann, "V00", "q=new")
    assert (len(kept(ann)), kept(ann)[0]) == (30, ("V00", "q=new"))


def test_saving_and_removing_are_on_record_without_what_was_searched_for(ann):
    view = save(ann, query="q=Somebody")
    save(ann, query="q=Somebody")
    remove_list_view(view=view, by=ann, at=AT)
    events = Event.objects.filter(name__startswith="org.list_view").order_by("pk")
    assert [(event.name, event.fields) for event in events] == [
        ("org.list_view.saved", {"list": "jobs", "title": "Open"}),
        ("org.list_view.removed", {"list": "jobs", "title": "Open"}),
    ]
    assert kept(ann) == []
