"""Publish duties to the lake, where their figures are read. The one place that writes these tables.

The database is the truth: each run derives both tables from it anew, and writes only what differs.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from remit.lake.actions.publication import publish_facts

from ..queries.projected import charges_projected, occurrences_projected


@dataclass(frozen=True, slots=True)
class Published:
    """Whether each table changed."""

    occurrences: bool
    charges: bool


def publish_duties(*, at: datetime) -> Published:
    """Bring the lake up to the database as of ``at``; again, or from an empty lake, with the same result."""
    return Published(
        occurrences=publish_facts("occurrences", occurrences_projected(at)),
        charges=publish_facts("charges", charges_projected(timezone.localdate(at))),
    )
