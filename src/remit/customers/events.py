"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

CUSTOMERS_LOADED = EventType(
    "customers.customer.loaded",
    _("Customers were loaded by %(subject)s: %(count)s."),
    fields=("count", "unit"),
)
CUSTOMERS_STUBBED = EventType(
    "customers.customer.stubbed",
    _("Customers named by facts but not described yet were added: %(count)s."),
    fields=("count", "unit"),
)
