"""Addresses of events."""

from django.urls import path

from . import door, keys, live, shop

urlpatterns = [
    path("collect", door.collect, name="collection_collect"),
    path("collect/openapi.json", door.openapi, name="collection_openapi"),
    path("collect/keys", keys.listing, name="collection_keys"),
    path("collect/keys/new", keys.new, name="collection_key_new"),
    path("collect/keys/<int:key_id>", keys.one, name="collection_key"),
    path("collect/keys/<int:key_id>/disabling", keys.disabling, name="collection_disabling"),
    path("customers/live", live.live, name="collection_live"),
    path("customers/timeline", live.timeline, name="collection_timeline"),
    path("shop", shop.shop, name="collection_shop"),
    path("shop/products/<slug:code>", shop.product, name="collection_shop_product"),
    path("shop/products/<slug:code>/adding", shop.adding, name="collection_shop_adding"),
    path("shop/cart", shop.cart, name="collection_shop_cart"),
    path("shop/payment", shop.payment, name="collection_shop_payment"),
    path("shop/thanks", shop.thanks, name="collection_shop_thanks"),
]
