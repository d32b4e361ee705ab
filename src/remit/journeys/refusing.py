"""Why a question about journeys is not answered."""

from remit.core.unanswered import CannotAnswer


class WrongJourney(CannotAnswer):
    """A specification of a journey that cannot be understood."""


class TooManyPeriods(CannotAnswer):
    """A table that nobody could read."""


class TooManyChannels(CannotAnswer):
    """A column that is no channel, or a chain of too many states."""


class SeveralCurrencies(CannotAnswer):
    """Values of different money are never added."""
