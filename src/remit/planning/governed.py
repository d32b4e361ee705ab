"""What of a plan is signed, and what of it changes only by a deviation. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

# Approved, these change only by a deviation (H4.3.3). The rest does not change at all.
DEVIATING = ("money", "starts_on", "ends_on", "objective", "audience", "objectives", "listed")

type Changes = Mapping[str, list[Any]]  # [from, to] by field, as plain values


def as_approved(values: Mapping[str, Any], applied: Iterable[Changes]) -> dict[str, Any]:
    """The values as they were signed: deviations that are in force, in their order, are taken back.

    A field that is not what its newest deviation made of it stays as it is, and so differs from what was
    signed: it was changed past the rules.
    """
    found = dict(values)
    for changes in reversed(list(applied)):
        for name, (was, now) in changes.items():
            if _is_same(name, found.get(name), now):
                found[name] = was
    return found


def _is_same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same: 450000 is 450000.00, also in deviations of long ago."""
    return bool(Decimal(one) == Decimal(other)) if name == "money" and one is not None else one == other
