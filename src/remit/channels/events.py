"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

OUTLETS_LOADED = EventType(
    "channels.outlet.loaded", _("Outlets were loaded by %(subject)s: %(count)s."), fields=("count", "unit")
)
OUTLETS_STUBBED = EventType(
    "channels.outlet.stubbed",
    _("Outlets named by facts but not described yet were added: %(count)s."),
    fields=("count", "unit"),
)
OUTLET_MOVED = EventType(
    "channels.outlet.moved",
    _("%(subject)s moved from %(before)s to %(after)s, from %(on)s on."),
    fields=("before", "after", "on"),
)
