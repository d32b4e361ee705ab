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
IDENTITIES_FOLLOWED = EventType(
    "customers.identities.followed",
    _("What events say about who is who was followed for %(unit)s: %(count)s links changed."),
    fields=("unit", "count", "conflicts"),
)
CONFLICT_SETTLED = EventType(
    "customers.conflict.settled",
    _("%(by)s decided whether %(person)s is %(subject)s."),
    fields=("person", "held", "claimed", "followed"),
)
CLAIM_WITHDRAWN = EventType(
    "customers.claim.withdrawn",
    _("%(by)s took %(person)s apart, which was known by %(rule)s."),
    fields=("person", "rule", "claim"),
)
CLAIM_RESTORED = EventType(
    "customers.claim.restored",
    _("%(by)s put %(person)s together again by %(rule)s."),
    fields=("person", "rule", "claim"),
)
