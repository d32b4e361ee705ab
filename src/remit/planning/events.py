"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

CAMPAIGNS_LOADED = EventType(
    "planning.campaign.loaded",
    _("Campaigns were loaded by %(subject)s: %(count)s."),
    fields=("count", "unit"),
)
CAMPAIGNS_STUBBED = EventType(
    "planning.campaign.stubbed",
    _("Campaigns named by facts but not described yet were added: %(count)s."),
    fields=("count", "unit"),
)
