"""The demonstration shop: a few pages that really send events by a web page's key, for whoever tries a key.

Nothing is sold and nobody pays. Whoever has the key may open it: a key of a web page is no secret, and the
shop shows nothing of the company.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from remit.collection.models import WriteKey
from remit.collection.queries.keys import BROWSER_PREFIX, key_of

CART = "shop_cart"
PIECES_MAX = 99


@dataclass(frozen=True, slots=True)
class Product:
    """Something that the shop pretends to sell."""

    code: str
    name: str | Promise
    price: Decimal


PRODUCTS = {
    one.code: one
    for one in (
        Product("SHOP-TEA", _("Mountain oolong tea"), Decimal("12.50")),
        Product("SHOP-COFFEE", _("Roasted coffee beans"), Decimal("9.80")),
        Product("SHOP-BREAD", _("Rye bread"), Decimal("4.20")),
        Product("SHOP-APPLE", _("Apples, one kilo"), Decimal("3.60")),
        Product("SHOP-MILK", _("Fresh milk"), Decimal("2.40")),
        Product("SHOP-FISH", _("Salmon fillet"), Decimal("15.90")),
    )
}


@login_not_required
@require_GET
def shop(request: HttpRequest) -> HttpResponse:
    """What there is to buy."""
    return _page(request, "list", products=PRODUCTS.values())


@login_not_required
@require_GET
def product(request: HttpRequest, code: str) -> HttpResponse:
    """One product, with the button that puts it into the cart."""
    return _page(request, "product", product=_product(code))


@login_not_required
@require_GET
def cart(request: HttpRequest) -> HttpResponse:
    """What is in the cart, and the payment."""
    pieces: dict[str, int] = request.session.get(CART, {})
    lines = [
        (one, pieces[code], one.price * pieces[code]) for code, one in PRODUCTS.items() if code in pieces
    ]
    return _page(request, "cart", lines=lines, total=sum((line[2] for line in lines), Decimal(0)))


@login_not_required
@require_POST
def adding(request: HttpRequest, code: str) -> HttpResponse:
    """One more piece into the cart."""
    key, one = _key(request), _product(code)
    pieces: dict[str, int] = request.session.get(CART, {})
    request.session[CART] = pieces | {one.code: min(pieces.get(one.code, 0) + 1, PIECES_MAX)}
    return redirect(_address("collection_shop_cart", key))


@login_not_required
@require_POST
def payment(request: HttpRequest) -> HttpResponse:
    """Empty the cart, as if it had been paid."""
    key = _key(request)
    request.session.pop(CART, None)
    return redirect(_address("collection_shop_thanks", key))


@login_not_required
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """After the payment."""
    return _page(request, "thanks")


def _key(request: HttpRequest) -> WriteKey:
    sent = request.GET.get("key", "")
    key = key_of(sent, timezone.now()) if sent.startswith(BROWSER_PREFIX) else None
    if key is None:
        raise Http404
    return key


def _product(code: str) -> Product:
    if code not in PRODUCTS:
        raise Http404
    return PRODUCTS[code]


def _address(name: str, key: WriteKey, *args: str) -> str:
    return f"{reverse(name, args=args)}?{urlencode({'key': key.shown})}"


def _page(request: HttpRequest, part: str, **context: Any) -> HttpResponse:
    """All pages are one template; ``key`` goes on in every address."""
    key = _key(request)
    asked = urlencode({"key": key.shown})
    pieces = sum(request.session.get(CART, {}).values())
    return render(
        request,
        "collection/shop.html",
        {"part": part, "key": key, "asked": asked, "pieces": pieces} | context,
    )
