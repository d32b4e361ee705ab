"""Publish rows of the database to the lake: dimensions, and facts that no file brings.

A projection of rows whose changes their own rooms audit; it records no events of its own.
"""

from datetime import date, datetime

import pyarrow as pa
from django.utils import timezone

from ..projection import mirror, project
from ..queries import the_lake


def publish(table: str, rows: pa.Table, at: datetime, *, effective_on: date | None = None) -> int:
    """Bring the lake's ``table`` up to ``rows`` (current rows by id); return how many ids changed or are new.

    Incremental: ids that ``rows`` does not name stay as they are. A change holds from ``effective_on``
    (default: the local day of ``at``). Rows that carry ``valid_from`` and ``valid_to`` replace the whole
    history of their ids. The same rows again change nothing.
    """
    return project(the_lake(), table, rows, effective_on or timezone.localdate(at))


def append_facts(table: str, rows: pa.Table, *, source: str, key: str) -> bool:
    """Add rows of the database to a fact table that files fill too, once per key; false: they were there.

    They belong to no import: their ``import_id`` is 0.
    """
    return the_lake().append(table, rows, source=source, key=key).fresh


def publish_facts(table: str, rows: pa.Table) -> bool:
    """Make ``rows`` the whole content of a table that no file brings; false where it was so already."""
    return mirror(the_lake(), table, rows)
