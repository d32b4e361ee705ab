"""The company's day: who holds, answers and may is asked for this one, wherever the thing itself is due."""

from datetime import date, datetime

from django.utils import timezone


def company_day(at: datetime) -> date:
    """The day that it is in the company's zone."""
    return timezone.localdate(at, timezone.get_default_timezone())


def today() -> date:
    """The company's day now: a permission that names no day is asked for this one."""
    return company_day(timezone.now())  # house: clock: a permission without a day is asked for now
