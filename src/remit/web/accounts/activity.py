"""When a session was last seen, noted at most once a minute.

The library writes at every request: each page would wait for the database's one writer, such as an import.
"""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.http import HttpRequest, HttpResponseBase

NOTED_EVERY_S = 60.0
SESSIONS_MAX = 10_000  # per process; the oldest are forgotten, which costs one write


class ActivityMiddleware:
    """Passes a request through the library's middleware only when its session was not noted lately."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.noting = UserSessionsMiddleware(get_response)
        self.noted: OrderedDict[str, float] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key or ""
        if key and monotonic() - self.noted.get(key, -NOTED_EVERY_S) < NOTED_EVERY_S:
            return self.get_response(request)
        response: HttpResponseBase = self.noting(request)
        if key and request.user.is_authenticated:
            self.noted[key] = monotonic()
            self.noted.move_to_end(key)
            if len(self.noted) > SESSIONS_MAX:
                self.noted.popitem(last=False)
        return response
