"""Views of lists that a person names in the list's tools, and takes away there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remit.org.actions import remove_list_view, save_list_view
from remit.org.actions.list_view import ListViewNeedsTitle, ListViewUnreadable, TooManyListViews
from remit.org.models import ListView

from ..who import who
from .views import back_to_page


@require_POST
def save(request: HttpRequest, name: str) -> HttpResponse:
    """Keep the state of a list under a name."""
    try:
        view = save_list_view(
            person=who(request),
            list_name=name,
            title=request.POST.get("title", ""),
            query=request.POST.get("query", ""),
            by=who(request),
            at=timezone.now(),
        )
    except (ListViewNeedsTitle, ListViewUnreadable, TooManyListViews) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The view “%s” was saved.") % view.title)
    return back_to_page(request)


@require_POST
def removal(request: HttpRequest, view_id: int) -> HttpResponse:
    """Take one's own view away; another's is not there."""
    view = get_object_or_404(ListView, pk=view_id, person=who(request))
    remove_list_view(view=view, by=who(request), at=timezone.now())
    return back_to_page(request)
