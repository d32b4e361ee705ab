"""What can happen to files."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

FILE_STORED = EventType(
    "files.file.stored",
    _("%(by)s stored the file %(name)s (%(size)s bytes)"),
    fields=("name", "size", "sha256", "kind", "scope"),
)
FILES_EXPIRED = EventType("files.file.expired", _("%(count)s files expired"), fields=("count", "files"))
