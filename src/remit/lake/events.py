"""What can happen to imports and the lake's tables."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

from .tables import TABLES


def _title(table: str) -> str:
    """A table as people call it; the code of one that is no longer declared."""
    return TABLES[table].title.say(get_language() or "zh-hant") if table in TABLES else table


TITLES = {"table": _title}

IMPORT_STARTED = EventType(
    "lake.import.started",
    _("%(by)s handed in %(name)s for the table %(table)s of %(unit)s"),
    fields=("name", "table", "unit", "size", "sha256", "attempt"),
    words=TITLES,
)
IMPORT_LOADED = EventType(
    "lake.import.loaded",
    _("%(subject)s loaded %(loaded)s rows into %(table)s: %(left_out)s left out, %(skipped)s already there"),
    fields=("table", "unit", "attempt", "read", "loaded", "skipped", "left_out", "version"),
    words=TITLES,
)
IMPORT_FAILED = EventType(
    "lake.import.failed",
    _("%(subject)s was not loaded: %(reason)s"),
    fields=("table", "unit", "attempt", "reason"),
    words=TITLES,
)
IMPORT_UNDONE = EventType(
    "lake.import.undone",
    _("%(by)s undid %(subject)s: %(removed)s rows left %(table)s"),
    fields=("table", "unit", "removed"),
    words=TITLES,
)
ROW_CORRECTED = EventType(
    "lake.row.corrected",
    _("%(by)s corrected line %(line)s of %(subject)s"),
    fields=("line", "columns"),
)
ROWS_DROPPED = EventType(
    "lake.rows.dropped",
    _("%(by)s gave up %(count)s rows of %(subject)s: %(reason)s"),
    fields=("count", "lines", "reason"),
)
REPLAY_STARTED = EventType(
    "lake.import.replayed",
    _("%(by)s sent %(count)s corrected rows of %(subject)s again"),
    fields=("count", "attempt"),
)
MAPPING_SAVED = EventType(
    "lake.mapping.saved",
    _("%(by)s saved the mapping “%(name)s” for %(table)s of %(unit)s"),
    fields=("name", "table", "unit"),
    words=TITLES,
)
TABLE_COMPACTED = EventType(
    "lake.table.compacted",
    _("The table %(table)s was compacted from %(before)s files to %(after)s"),
    fields=("table", "before", "after"),
    words=TITLES,
)
TABLE_VACUUMED = EventType(
    "lake.table.vacuumed",
    _("%(count)s files that nobody needs any more were removed from %(table)s"),
    fields=("table", "count"),
    words=TITLES,
)
