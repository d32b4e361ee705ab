"""Who gets which variant: a pure function of a definition and a person, the same in every language.

A place is the first 13 hexadecimal digits (52 bits) of SHA-256 over the UTF-8 of ``salt + ":" + person``,
divided by 16 ** 13: exact in a double, so that JavaScript, SQL and Python agree to the last bit. Layers,
hold-outs and variants draw with salts of their own and therefore independently: D. Tang et al., "Overlapping
Experiment Infrastructure", KDD 2010.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

DIGITS = 13
PLACES = 16**DIGITS


class Why(StrEnum):
    """Why somebody is in an experiment, or is not; looked at in this order."""

    NO_TARGET = "no_target"  # not among those whom it is about
    HELD_OUT = "held_out"  # takes part in no experiment of this layer
    OTHER_SLICE = "other_slice"  # that part of the layer belongs to another experiment, or to none
    ASSIGNED = "assigned"


@dataclass(frozen=True, slots=True)
class Condition:
    """The person's attribute is one of ``values`` (or none of them); an unknown one is the empty text."""

    attribute: str
    values: tuple[str, ...]
    excludes: bool = False

    def holds(self, attributes: Mapping[str, str | None]) -> bool:
        return ((attributes.get(self.attribute) or "") in self.values) is not self.excludes


@dataclass(frozen=True, slots=True)
class Variant:
    """``weight``: a whole number; a variant's share is its weight of the sum of weights."""

    code: str
    weight: int


@dataclass(frozen=True, slots=True)
class Definition:
    """All that assignment needs. The layer's slice is [``start``, ``end``) in ten-thousandths.

    ``holdout``: ten-thousandths of the layer that no experiment in it touches. The first variant is the
    control. Raise ValueError for what cannot be drawn from.
    """

    key: str
    salt: str
    layer: str
    start: int
    end: int
    holdout: int
    variants: tuple[Variant, ...]
    conditions: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= 10_000 or not 0 <= self.holdout < 10_000:
            raise ValueError("Slices and hold-outs lie between 0 and 10,000, and a slice is not empty.")
        if len(self.variants) < 2 or any(one.weight < 1 for one in self.variants):
            raise ValueError("There are at least two variants, each with a weight of 1 or more.")
        if len({one.code for one in self.variants}) < len(self.variants):
            raise ValueError("No two variants have the same code.")

    @property
    def bounds(self) -> tuple[float, ...]:
        """Upper ends of the variants' shares of [0, 1); the last is 1."""
        total, sums, ends = sum(one.weight for one in self.variants), 0, []
        for one in self.variants:
            sums += one.weight
            ends.append(sums / total)
        return tuple(ends)


@dataclass(frozen=True, slots=True)
class Assigned:
    """``variant`` is none unless ``why`` is ASSIGNED."""

    variant: str | None
    why: Why


def place(salt: str, person: str) -> float:
    """Where a person lies in [0, 1) for a salt."""
    return int(sha256(f"{salt}:{person}".encode()).hexdigest()[:DIGITS], 16) / PLACES


def assign(
    definition: Definition, person: str, attributes: Mapping[str, str | None] | None = None
) -> Assigned:
    """Which variant a person gets, or why none; the same for ever, as long as the definition stays."""
    if not all(one.holds(attributes or {}) for one in definition.conditions):
        return Assigned(None, Why.NO_TARGET)
    if place(f"{definition.layer}:holdout", person) < definition.holdout / 10_000:
        return Assigned(None, Why.HELD_OUT)
    if not definition.start / 10_000 <= place(definition.layer, person) < definition.end / 10_000:
        return Assigned(None, Why.OTHER_SLICE)
    here = place(definition.salt, person)
    chosen = next(one for one, end in zip(definition.variants, definition.bounds, strict=True) if here < end)
    return Assigned(chosen.code, Why.ASSIGNED)


def as_data(definition: Definition) -> dict[str, Any]:
    """The definition as it goes over the wire; ``from_data`` reads it."""
    return {
        "key": definition.key, "salt": definition.salt,
        "layer": {"salt": definition.layer, "from": definition.start, "to": definition.end},
        "holdout": definition.holdout,
        "targeting": [
            {"attribute": one.attribute, "values": list(one.values), "excludes": one.excludes}
            for one in definition.conditions
        ],
        "variants": [{"code": one.code, "weight": one.weight} for one in definition.variants],
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Definition:
    """Read what ``as_data`` wrote; raise KeyError, TypeError or ValueError."""
    return Definition(
        key=str(data["key"]), salt=str(data["salt"]), layer=str(data["layer"]["salt"]),
        start=int(data["layer"]["from"]), end=int(data["layer"]["to"]), holdout=int(data["holdout"]),
        variants=tuple(Variant(str(one["code"]), int(one["weight"])) for one in data["variants"]),
        conditions=tuple(
            Condition(str(one["attribute"]), tuple(map(str, one["values"])), bool(one["excludes"]))
            for one in data["targeting"]
        ),
    )  # fmt: skip
