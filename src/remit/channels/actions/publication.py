"""Publish outlets with the units that ran them, each in its days."""

from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pyarrow as pa
from django.db import transaction

from remit.lake.actions import publish
from remit.lake.actions.dimensions import mark_published
from remit.lake.tables import TABLES

from ..listing import OUTLETS
from ..models import Outlet, Placing

END = date(9999, 12, 31)


@transaction.atomic
def publish_outlets(*, at: datetime) -> int:
    """Bring the lake's outlets up to the database; return how many outlets it had not seen.

    Every placing of an outlet becomes one version, valid from its day until the next one's, so that figures
    of the past keep the regions of the past; the other attributes are today's in every version.
    """
    outlets = list(Outlet.objects.filter(published=False).order_by("pk"))
    if not outlets:
        return 0
    placings: dict[int, list[Placing]] = {outlet.pk: [] for outlet in outlets}
    for placing in Placing.objects.filter(outlet__published=False).order_by("outlet_id", "starts_on"):
        placings[placing.outlet_id].append(placing)
    rows = [row for outlet in outlets for row in _versions(outlet, placings[outlet.pk])]
    publish("outlets", pa.Table.from_pylist(rows, schema=TABLES["outlets"].schema), at)
    mark_published(OUTLETS, placings)
    return len(outlets)


def _versions(outlet: Outlet, placings: list[Placing]) -> list[dict[str, Any]]:
    ends = [later.starts_on for _earlier, later in pairwise(placings)] + [END]
    return [
        {
            "id": outlet.pk,
            "code": outlet.code,
            "unit_id": placing.unit_id,
            "company_id": outlet.company_id,
            "name": outlet.name or None,
            "region": placing.region or None,
            "kind": outlet.kind,
            "area_m2": outlet.area_m2,
            "valid_from": placing.starts_on,
            "valid_to": end,
        }
        for placing, end in zip(placings, ends, strict=True)
    ]
