"""What can happen to the house itself."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

BACKED_UP = EventType("config.house.backed_up", _("A backup was written: %(file)s"), fields=("file", "bytes"))
