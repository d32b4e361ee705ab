"""Periods and buckets of time as people say them, in the language of the page."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from remit.core.period import Period, Relative, UnreadablePeriod, add_months, parse_period
from remit.core.text import day_in

PRESETS = (
    "last 7 days",
    "last 4 weeks",
    "last 13 weeks",
    "last 1 month",
    "last 3 months",
    "last 6 months",
    "last 12 months",
    "last 1 year",
    "all",
)


def english() -> bool:
    return (get_language() or "").startswith("en")


def day_words(day: date) -> str:
    """One day: ``5 Mar 2017`` or ``2017年3月5日``."""
    return day_in(day, get_language())


def month_words(day: date) -> str:
    return date_format(day, "F Y" if english() else "Y年n月")


def relative_words(relative: Relative) -> str:
    """``the last 4 weeks``."""
    count = relative.count
    words = {
        "day": ngettext("the last day", "the last %d days", count),
        "week": ngettext("the last week", "the last %d weeks", count),
        "month": ngettext("the last month", "the last %d months", count),
        "quarter": ngettext("the last quarter", "the last %d quarters", count),
        "year": ngettext("the last year", "the last %d years", count),
    }[relative.unit]
    return words % count if "%d" in words else words


def before_words(relative: Relative) -> str:
    """``the 4 weeks before``."""
    count = relative.count
    words = {
        "day": ngettext("the day before", "the %d days before", count),
        "week": ngettext("the week before", "the %d weeks before", count),
        "month": ngettext("the month before", "the %d months before", count),
        "quarter": ngettext("the quarter before", "the %d quarters before", count),
        "year": ngettext("the year before", "the %d years before", count),
    }[relative.unit]
    return words % count if "%d" in words else words


def _whole_months(period: Period) -> int:
    """How many whole calendar months the period is; 0 when it is not made of them."""
    after = period.last + timedelta(days=1)
    if period.first.day != 1 or after.day != 1:
        return 0
    return (after.year - period.first.year) * 12 + after.month - period.first.month


def period_words(period: Period) -> str:
    """Days, said as the month, quarter or year they are, else from one to the other."""
    first, last = period.first, period.last
    if first == last:
        return day_words(first)
    months = _whole_months(period)
    if months == 1:
        return month_words(first)
    if months == 12 and first.month == 1:
        return pgettext("a whole year", "%d") % first.year
    if months == 3 and first.month % 3 == 1:
        return _("Q%(quarter)d %(year)d") % {"quarter": first.month // 3 + 1, "year": first.year}
    return _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}


def span_words(text: str, resolved: Period | None) -> str:
    """What the period of a question is called: ``the last 4 weeks``, ``March 2017``, ``all days``."""
    try:
        span = parse_period(text)
    except UnreadablePeriod:
        return text
    if isinstance(span, Relative):
        return relative_words(span)
    period = span or resolved
    return period_words(period) if period and text not in ("", "all") else _("all days of the data")


def compared_words(text: str, compare: str, before: Period | None) -> str:
    """What a figure is compared with: ``the 4 weeks before``, ``the same period a year before``."""
    if compare == "last_year":
        return _("the same period a year before")
    try:
        span = parse_period(text)
    except UnreadablePeriod:
        span = None
    if isinstance(span, Relative):
        return before_words(span)
    return period_words(before) if before else _("the period before")


def preset_words(text: str) -> str:
    """The label of a preset in a list."""
    span = parse_period(text)
    if isinstance(span, Relative):
        words = relative_words(span)
        return words[:1].upper() + words[1:]
    return _("All days")


def bucket_words(value: object, time: str) -> str:
    """The label of a time bucket, named by its first day."""
    if not isinstance(value, date):
        return str(value)
    if time == "year":
        return str(value.year)
    if time == "quarter":
        return _("Q%(quarter)d %(year)d") % {"quarter": (value.month - 1) // 3 + 1, "year": value.year}
    if time == "month":
        return date_format(value, "M Y" if english() else "Y年n月")
    return value.isoformat()


def edges(period: Period, time: str) -> list[tuple[date, bool]]:
    """First and last bucket of a period, each by its first day, and whether the period holds all of it."""
    first, after_first = _bucket(period.first, time)
    last, after_last = _bucket(period.last, time)
    ends = [(first, period.first == first and period.last >= after_first - timedelta(days=1))]
    if last != first:
        ends.append((last, period.last >= after_last - timedelta(days=1)))
    return ends


def _bucket(day: date, time: str) -> tuple[date, date]:
    """First day of the bucket of a day, and of the next one."""
    if time == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=7)
    months = {"month": 1, "quarter": 3, "year": 12}[time]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, add_months(first, months)


def weekday_names() -> list[str]:
    """Monday first, as ISO counts."""
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
