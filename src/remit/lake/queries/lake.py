"""The lake of this installation."""

from django.conf import settings

from ..store import Lake


def the_lake() -> Lake:
    """The lake at ``REMIT_LAKE`` (default: the folder ``lake`` of ``REMIT_HOME``)."""
    return Lake(settings.LAKE_URL, getattr(settings, "LAKE_OPTIONS", {}), settings.ENGINE)
