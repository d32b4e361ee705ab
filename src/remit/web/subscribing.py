"""Secret addresses for the calendars of other programs, shown once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def show_address(request: HttpRequest, title: str, address: str, *, back: str) -> HttpResponse:
    """The page that shows a new address, this once; ``back``: where the calendar itself is."""
    lead = _("Add this address to your calendar program; it fetches what is new by itself.")
    whole = request.build_absolute_uri(address)
    context = {"title": title, "lead": lead, "address": whole, "back": back}
    answer = render(request, "shell/feed_address.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
