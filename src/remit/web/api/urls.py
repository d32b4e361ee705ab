"""Addresses of the programming interface, version 1, with its OpenAPI description."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.throttling import AuthRateThrottle

from . import experiments, figures, journeys, screening
from .who import Session, TokenBearer

RATE = "300/m"

api = NinjaAPI(
    title="Remit",
    version="1",
    description="Figures and journeys in the scope of the token's person; texts screened; experiments read.",
    urls_namespace="api",
    docs_url=None,  # the page would need scripts of others, which the content policy forbids
    auth=[TokenBearer(), Session()],
    throttle=[AuthRateThrottle(RATE)],
)
api.add_router("", figures.router)
api.add_router("", screening.router)
api.add_router("", experiments.router)
api.add_router("", journeys.router)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: Any) -> HttpResponse:
    """Nobody is known."""
    detail = _("Send a personal token: Authorization: Bearer remit_… You make one on your own page.")
    return api.create_response(request, {"detail": detail}, status=401)


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, error: Any) -> HttpResponse:
    """The request does not have the shape that the description states."""
    parts = [f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors]
    detail = _("The request is not as described: %s") % "; ".join(parts)
    return api.create_response(request, {"detail": detail}, status=422)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """Any other refusal."""
    said = {
        403: _("The session proves itself by the CSRF token only; programs send a personal token."),
        429: _("Too many requests: at most %s. Wait a moment.") % RATE,
    }
    detail = said.get(error.status_code, str(error))
    return api.create_response(request, {"detail": detail}, status=error.status_code)


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: Any) -> HttpResponse:
    """The body is above the limit of the settings."""
    detail = _("The body is too large. Ask for less at once.")
    return api.create_response(request, {"detail": detail}, status=413)


def _open(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The interface answers 401 itself, where pages lead to the log-in."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = login_not_required(pattern.callback)
    return patterns


_patterns, _app, _namespace = api.urls
urlpatterns = [path("api/v1/", (_open(_patterns), _app, _namespace))]
