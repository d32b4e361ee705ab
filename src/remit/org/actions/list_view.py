"""Views of lists: named by a person, taken away again."""

from datetime import datetime

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from remit.audit.actions import record

from .. import events
from ..models import ListView, Person
from ..queries.list_views import list_views_of

VIEWS_MAX = 30
QUERY_MAX = 1000
TITLE_MAX = 80
NAME_MAX = 40


class ListViewNeedsTitle(ValueError):
    """A view is found again by its title."""


class ListViewUnreadable(ValueError):
    """What the view should hold is no state of a list, or too long."""


class TooManyListViews(ValueError):
    """A menu of more views than this helps nobody."""


@transaction.atomic
def save_list_view(
    *, person: Person, list_name: str, title: str, query: str, by: Person, at: datetime
) -> ListView:
    """Keep a state of a list under a title; a title that the person has for the list already is set anew.

    ``query``: parameters as in an address, at most 1,000 characters. Which of them the list knows is for the
    list to say when it is opened: its filters change over the years.
    """
    title = title.replace("\x00", "").strip()[:TITLE_MAX]
    if not title:
        raise ListViewNeedsTitle(_("Give the view a name."))
    query = _readable(query)
    if len(list_name) > NAME_MAX:
        raise ListViewUnreadable(_("There is no such list."))
    views = list_views_of(person, list_name)
    kept = views.filter(title=title).first()
    if kept is not None and kept.query == query:
        return kept
    if kept is None and views.count() >= VIEWS_MAX:
        raise TooManyListViews(_("A list keeps at most %d views. Remove one first.") % VIEWS_MAX)
    kept, _made = ListView.objects.update_or_create(
        person=person, list_name=list_name, title=title, defaults={"query": query, "made_at": at}
    )
    # What was searched for can be somebody's name, so the record does not carry it.
    record(events.LIST_VIEW_SAVED, person, by=by, at=at, fields={"list": list_name, "title": title})
    return kept


@transaction.atomic
def remove_list_view(*, view: ListView, by: Person, at: datetime) -> None:
    """The view is gone from the menu; the list is not touched."""
    fields = {"list": view.list_name, "title": view.title}
    record(events.LIST_VIEW_REMOVED, view.person, by=by, at=at, fields=fields)
    view.delete()


def _readable(query: str) -> str:
    """The query written anew, one value a key."""
    if len(query) > QUERY_MAX:
        raise ListViewUnreadable(_("This view is too long to be kept. Shorten the search."))
    try:
        asked = QueryDict(query)
    except SuspiciousOperation as error:
        raise ListViewUnreadable(_("This view cannot be read. Open the list and save it again.")) from error
    single = QueryDict(mutable=True)
    for key, value in asked.items():
        single[key] = str(value).replace("\x00", "")
    written = single.urlencode()
    if len(written) > QUERY_MAX:
        raise ListViewUnreadable(_("This view is too long to be kept. Shorten the search."))
    return written
