"""An address that only takes forms, opened as a page: one goes to the page to which the form belongs.

A refused form stands under its own address. Whoever reloads it, or chooses another language there, opens
that address, and would see the browser's own error.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve


class OnlyFormsMiddleware:
    """Answers a person's browser, which asks for HTML by name, with the nearest address above."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_opened = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and is_opened:
            return HttpResponseRedirect(_above(request.path))
        return response


def _above(path: str) -> str:
    """The nearest address above that is one of ours; it need not be there, nor be the reader's to see."""
    while path := path.rpartition("/")[0]:
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
