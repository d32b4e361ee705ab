"""Load, stub and publish customers."""

from remit.lake.actions.keeping import Kept

from .. import events
from ..listing import CUSTOMERS

_kept = Kept(CUSTOMERS, "customers", events.CUSTOMERS_LOADED, events.CUSTOMERS_STUBBED)

load_customers, ensure_customers, publish_customers = _kept.load, _kept.ensure, _kept.publish
