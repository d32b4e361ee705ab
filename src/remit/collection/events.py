"""What can happen to write keys. What comes by them is not in the record: the lake itself tells it."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

KEY_MADE = EventType(
    "collection.key.made",
    _("%(by)s made the write key “%(name)s” of %(unit)s"),
    fields=("name", "unit", "kind", "origins", "events_a_minute", "consent_needed"),
)
KEY_CHANGED = EventType(
    "collection.key.changed",
    _("%(by)s changed the write key “%(name)s” of %(unit)s"),
    fields=("name", "unit", "origins", "events_a_minute", "consent_needed"),
)
KEY_DISABLED = EventType(
    "collection.key.disabled",
    _("%(by)s disabled the write key “%(name)s” of %(unit)s"),
    fields=("name", "unit"),
)
