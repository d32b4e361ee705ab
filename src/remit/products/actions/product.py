"""Load, stub and publish products."""

from remit.lake.actions.keeping import Kept

from .. import events
from ..listing import PRODUCTS

_kept = Kept(PRODUCTS, "products", events.PRODUCTS_LOADED, events.PRODUCTS_STUBBED)

load_products, ensure_products, publish_products = _kept.load, _kept.ensure, _kept.publish
