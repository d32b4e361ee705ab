"""A person's notices."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from remit.notices.actions import read
from remit.notices.queries import said
from remit.notices.rules import notices_visible_to

from ..who import who

PAGE_ROWS = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """My notices, newest first; ``?only=unread`` leaves out what I have read."""
    only_unread = request.GET.get("only") == "unread"
    found = notices_visible_to(who(request)).order_by("-at", "-pk")
    if only_unread:
        found = found.filter(read_at=None)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "notices": said(page.object_list, who(request)), "only_unread": only_unread}
    return render(request, "notices_own/list.html", context)


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Mark all of my notices as read."""
    read(by=who(request), at=timezone.now())
    return redirect("notices_list")


@require_POST
def subject(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as read and go to what it is about."""
    notice = get_object_or_404(notices_visible_to(who(request)), pk=notice_id)
    read(by=who(request), at=timezone.now(), notices=[notice.pk])
    (told,) = said([notice], who(request))
    return redirect(told.url or "notices_list")
