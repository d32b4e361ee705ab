"""When a page cannot be given. What is missing and what may not be seen look the same."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..requiring import Refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The address or the form cannot be read, or is larger than the limits of the settings."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A rule refuses the whole page and says why; any other refusal looks like a missing page."""
    if isinstance(exception, Refused):
        return render(request, "errors/refused.html", {"verdict": exception.verdict}, status=403)
    return missing(request, exception)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is here for this person."""
    return render(request, "404.html", status=404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too many tries in a short time."""
    return render(request, "429.html", status=429)
