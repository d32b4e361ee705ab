"""Put items on the agenda, change them, take them off; the file of one."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.ref import Ref
from remit.files.actions.storing import DiskFull, FileTooLarge, store_file
from remit.files.models import StoredFile
from remit.files.queries import FileGone, open_file
from remit.governance.actions.agenda import add_item, change_item, raise_item, remove_item
from remit.governance.actions.meeting import MeetingUnclear, NotThen, Topic
from remit.governance.meeting_rules import can_add_items, can_prepare, items_visible_to
from remit.governance.models import AgendaItem

from ..doing import tried
from ..duties.things import thing_at
from ..requiring import require
from ..who import who
from .forms import OneItemForm, topic_by
from .page import found, show

FILE_MOST = 20 * 2**20


def found_item(request: HttpRequest, agenda_item_id: int) -> AgendaItem:
    """The item, if the person may see its meeting."""
    rows = items_visible_to(who(request)).select_related(
        "meeting__unit", "meeting__chair", "meeting__series", "decider", "file"
    )
    return get_object_or_404(rows, pk=agenda_item_id)


@require_POST
def add(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A new last item."""
    meeting, person = found(request, meeting_id), who(request)
    require(can_add_items(person, meeting))
    form = OneItemForm(request.POST, request.FILES, by=person, auto_id="item_%s")
    if form.is_valid() and (topic := _topic(request, form)) is not None:
        try:
            add_item(meeting_id=meeting.pk, topic=topic, by=person, at=timezone.now())
        except (MeetingUnclear, NotThen) as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{reverse('meetings_meeting', args=[meeting.pk])}#agenda")
    return show(request, meeting, adding=form)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Say the item anew, before its meeting starts."""
    item, person = found_item(request, agenda_item_id), who(request)
    require(can_prepare(person, item.meeting))
    names = ("title", "rule", "decider", "figure", "material")
    initial = {name: getattr(item, name) for name in names}
    form = OneItemForm(request.POST or None, request.FILES or None, by=person, initial=initial)
    back = reverse("meetings_meeting", args=[item.meeting_id])
    if request.method == "POST" and form.is_valid() and (topic := _topic(request, form, item)) is not None:
        try:
            change_item(item=item, topic=topic, by=person, at=timezone.now())
        except (MeetingUnclear, NotThen) as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{back}#agenda")
    context = {"form": form, "title": _("Change: %s") % item.title, "back": back, "meeting": item.meeting}
    return render(request, "meetings/item.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """Take it off the agenda."""
    item = found_item(request, agenda_item_id)
    require(can_prepare(who(request), item.meeting))
    return _done(request, item, remove_item)


@require_POST
def up(request: HttpRequest, agenda_item_id: int) -> HttpResponse:
    """One place up."""
    item = found_item(request, agenda_item_id)
    require(can_add_items(who(request), item.meeting))
    return _done(request, item, raise_item)


@require_GET
def file(request: HttpRequest, agenda_item_id: int) -> HttpResponse | FileResponse:
    """What was attached, for whoever sees the meeting; always as a download."""
    stored = found_item(request, agenda_item_id).file
    if stored is None:
        raise Http404
    try:
        body = open_file(stored)
    except FileGone as error:
        raise Http404(str(error)) from error
    return FileResponse(
        body, as_attachment=True, filename=stored.name, content_type="application/octet-stream"
    )


def _done(request: HttpRequest, item: AgendaItem, verb: Any) -> HttpResponse:
    tried(request, verb, (MeetingUnclear, NotThen), item=item)
    return redirect(f"{reverse('meetings_meeting', args=[item.meeting_id])}#agenda")


def _topic(request: HttpRequest, form: OneItemForm, item: AgendaItem | None = None) -> Topic | None:
    """What the form says, its file stored; none with an error on the form."""
    given, thing = form.cleaned_data, None
    if given["address"]:
        thing = thing_at(who(request), given["address"])
        if thing is None:
            form.add_error("address", _("There is no page of ours at this address, or you cannot see it."))
            return None
    topic = topic_by(given, thing)
    if item is not None and thing is None and item.thing:
        topic = topic_by(given, Ref.parse(item.thing))  # what was attached stays
    try:
        stored = _stored(request, given["file"]) if given["file"] else None
    except (FileTooLarge, DiskFull) as error:
        form.add_error("file", str(error))
        return None
    return Topic(**{**_values(topic), "file": stored})


def _values(topic: Topic) -> dict[str, Any]:
    return {
        name: getattr(topic, name) for name in ("title", "rule", "decider", "figure", "material", "thing")
    }


def _stored(request: HttpRequest, given: Any) -> StoredFile:
    """Its owner's alone in the list of files; the meeting shows it to who takes part."""
    person = who(request)
    return store_file(
        content=given, name=given.name, owner=person, by=person, at=timezone.now(), limit_bytes=FILE_MOST
    )
