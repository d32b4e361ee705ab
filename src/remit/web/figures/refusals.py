"""Why a question was not answered, in the language of the page, with what to do next."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.period import FORMS, UnreadablePeriod
from remit.journeys import refusing
from remit.metrics.engine import errors
from remit.metrics.engine.buyers import SeveralCurrencies

from .sight import UnknownUnit

REFUSALS = (errors.CannotAnswer, UnreadablePeriod, UnknownUnit)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The sentence and the next step."""

    reason: str
    next: str = ""


def refusal_of(error: Exception) -> Refusal:
    """Say a refusal of the engine; the engine's own sentence stands where we have no better one."""
    if isinstance(error, UnknownUnit):
        return Refusal(str(error))
    if isinstance(error, UnreadablePeriod):
        return Refusal(error.reason.say(get_language() or "zh-hant"), _("Write one of: %s.") % FORMS)
    if isinstance(error, errors.UnknownName):
        return _unknown(error)
    if isinstance(error, errors.NoTimeOfDay):
        return Refusal(
            _("These sales carry no time of day, so they cannot be split by hour."),
            _("Split by weekday or week instead, or choose a unit whose tills record the time."),
        )
    if isinstance(error, errors.CountedOnly):
        return Refusal(
            _("Customers belong to a whole company; for a part of one they are counted, not named."),
            _("Ask without customers."),
        )
    if isinstance(error, errors.CannotSplit):
        return Refusal(
            _("The chosen metrics cannot be split or filtered this way: %s") % error,
            _("Choose another dimension, or metrics of a table that knows it."),
        )
    if isinstance(error, errors.NoRate):
        return Refusal(
            _("There is no exchange rate for a day that is asked about: %s") % error,
            _("Show amounts as booked, or import exchange rates for these days."),
        )
    if isinstance(error, SeveralCurrencies):
        return Refusal(
            _("Customers who pay in different currencies cannot be ranked by value together."),
            _("Choose a unit that books in one currency."),
        )
    if found := _of_journeys(error):
        return found
    if isinstance(error, errors.UnreadableCondition):
        return Refusal(
            _("A filter cannot be read."), _("Write it as dimension=value, such as department=PRODUCE.")
        )
    return Refusal(str(error))


def _unknown(error: errors.UnknownName) -> Refusal:
    reason = _("“%s” does not exist, or lies outside what you see.") % error.name
    return Refusal(reason, _("Did you mean: %s?") % ", ".join(error.near) if error.near else "")


def _of_journeys(error: Exception) -> Refusal | None:
    if isinstance(error, refusing.TooManyPeriods):
        return Refusal(
            _("These are more periods than anybody could read."), _("Choose fewer days, or longer periods.")
        )
    if isinstance(error, refusing.SeveralCurrencies):
        return Refusal(
            _("These conversions are worth different currencies, which cannot be added."),
            _("Choose a unit that books in one currency, or share out conversions without their value."),
        )
    if isinstance(error, refusing.TooManyChannels):
        return Refusal(_("There are too many channels to share out among."), _("Choose another column."))
    return None
