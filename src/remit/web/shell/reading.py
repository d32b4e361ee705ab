"""A page that is only looked at reads who works where once, however many of its parts ask."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from remit.core.reading import one_reading

ONLY_READS = {"GET", "HEAD"}


class ReadingMiddleware:
    """Opens ``one_reading`` around requests that change nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ONLY_READS:
            return self.get_response(request)
        with one_reading():
            return self.get_response(request)
