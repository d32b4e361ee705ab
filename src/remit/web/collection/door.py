"""``POST /collect``: events from web pages, servers and tills."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from remit.collection.actions import take_batch
from remit.collection.actions.taking import Sender, TooMany
from remit.collection.models import WriteKey
from remit.collection.queries.keys import key_of
from remit.collection.reading.body import BYTES_MAX, TooLarge, Unreadable, WrongShape, read_body
from remit.collection.reading.event import Sent
from remit.collection.reading.sender import is_robot, network_of

from .describing import description

PREFLIGHT_S = 86_400


@csrf_exempt  # nothing is done in the name of who is logged in: the write key alone opens
@login_not_required
@require_http_methods(["POST", "OPTIONS"])
def collect(request: HttpRequest) -> HttpResponse:
    """Take a batch; the answer comes when it is committed. ``/collect/openapi.json`` describes both."""
    key = key_of(_sent_key(request), timezone.now())
    if key is None:
        return _problem(401, _("This write key is unknown or disabled. Keys are made under Settings."))
    origin = request.headers.get("Origin", "")
    if key.is_of_browsers != bool(origin) or (origin and not _is_allowed(request, key, origin)):
        return _problem(403, _refusal_of_origin(key, origin))
    answer = _preflight() if request.method == "OPTIONS" else _taken(request, key)
    if origin:
        answer["Access-Control-Allow-Origin"] = origin
        answer["Access-Control-Expose-Headers"] = "Retry-After"
    answer["Vary"] = "Origin"
    return answer


@login_not_required
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """What can be sent to ``/collect``, and what is answered."""
    return JsonResponse(description())


def _sent_key(request: HttpRequest) -> str:
    """Of a header, or of the address: what is sent as a page closes can carry no header.

    A secret in an address would stand in the logs of every machine on the way: there it opens nothing.
    """
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    in_address = request.GET.get("key", "")
    return in_address if in_address.startswith("rwk_") else ""


def _is_allowed(request: HttpRequest, key: WriteKey, origin: str) -> bool:
    """An origin of the key, or a page of this very server."""
    own = (f"{request.scheme}://{request.get_host()}", settings.ADDRESS.rstrip("/"))
    return origin.lower() in (*key.origins, *map(str.lower, own))


def _refusal_of_origin(key: WriteKey, origin: str) -> str:
    if not key.is_of_browsers:
        return _("This is the secret key of a server. Disable it now: a web page has shown it to everybody.")
    if not origin:
        return _("This key is for web pages only. Make a key of a server for this.")
    return _("This key is not for pages of %s. Add the origin to the key.") % origin[:100]


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": "Authorization, Content-Type, Content-Encoding",
            "Access-Control-Max-Age": str(PREFLIGHT_S),
        },
    )


def _taken(request: HttpRequest, key: WriteKey) -> HttpResponse:
    """Read, keep, say what became of it."""
    sent = _read(request)
    if isinstance(sent, HttpResponse):
        return sent
    try:
        done = take_batch(key=key, sent=sent, sender=_sender(request, key), by=None, at=timezone.now())
    except TooMany as error:
        answer = _problem(
            429, _("At most %d events a minute by this key. Send them again later.") % key.events_a_minute
        )
        answer["Retry-After"] = str(error.seconds)
        return answer
    refused = [{"index": index, "reason": reason} for index, reason in done.refused]
    return JsonResponse({"taken": done.taken, "declined": done.declined, "refused": refused})


def _read(request: HttpRequest) -> Sent | HttpResponse:
    """The batch, or why it cannot be read."""
    wrong: dict[type[Exception], tuple[int, Callable[[Any], str]]] = {
        TooLarge: (413, str),
        Unreadable: (400, str),
        WrongShape: (422, str),
        UnreadablePostError: (400, lambda error: "The body ended too early."),
    }
    try:
        body = request.read(BYTES_MAX + 1)
        return read_body(body, request.headers.get("Content-Encoding", "").strip().lower())
    except tuple(wrong) as error:
        status, sentence = wrong[type(error)]
        return _problem(status, sentence(error))


def _sender(request: HttpRequest, key: WriteKey) -> Sender:
    """A server speaks for others: its own address and program tell nothing about them."""
    if not key.is_of_browsers:
        return Sender()
    headers = request.headers
    return Sender(
        network=network_of(_address(request)),
        robot=is_robot(headers.get("User-Agent", "")),
        no_tracking=headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1",
    )


def _address(request: HttpRequest) -> str:
    """Of whom sent it: as the trusted proxies say, else of who is connected."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def _problem(status: int, detail: str) -> HttpResponse:
    return JsonResponse({"detail": detail}, status=status)
