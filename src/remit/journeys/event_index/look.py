"""What a scope leaves of a part of the index."""

from dataclasses import dataclass

from remit.kernels.journeys.columns import Array, Part
from remit.kernels.journeys.seeing import only, seen_people

UNIT, OUTLET = "unit_id", "outlet_id"


@dataclass(frozen=True)
class Look:
    """Bool by code of the index: companies whose people are seen whole, and outlets whose events are seen."""

    units: Array
    outlets: Array

    def of(self, part: Part) -> Part:
        """The part as if there were nothing else."""
        whole = self.units[part.others[UNIT]]
        if not self.outlets.any():
            return seen_people(part, whole)
        return only(part, whole | self.outlets[part.others[OUTLET]])
