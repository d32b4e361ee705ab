"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

PRODUCTS_LOADED = EventType(
    "products.product.loaded", _("Products were loaded by %(subject)s: %(count)s."), fields=("count", "unit")
)
PRODUCTS_STUBBED = EventType(
    "products.product.stubbed",
    _("Products named by facts but not described yet were added: %(count)s."),
    fields=("count", "unit"),
)
