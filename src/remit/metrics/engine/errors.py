"""Questions about figures that cannot be answered, each with a sentence for the person who asked."""

from remit.core.unanswered import CannotAnswer, UnknownName

__all__ = [
    "CannotAnswer",
    "CannotSplit",
    "CountedOnly",
    "NoRate",
    "NoTimeOfDay",
    "UnknownName",
    "UnreadableCondition",
    "WrongSpec",
]


class UnreadableCondition(CannotAnswer):
    """A filter is not written as dimension=value."""


class CannotSplit(CannotAnswer):
    """A metric's rows do not know the dimension asked for."""


class CountedOnly(CannotSplit):
    """Customers cannot be named in this scope."""


class NoTimeOfDay(CannotAnswer):
    """The facts carry no time of day, so they cannot be split by hour."""


class NoRate(CannotAnswer):
    """There is no exchange rate for a day that is asked about."""


class WrongSpec(CannotAnswer):
    """A metric's specification does not fit the tables."""
