"""Working calendars: which years were entered, and entering one."""

import csv
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.org.actions.working_calendar import DayOutsideTheYear, TooManyDays, enter_year
from remit.org.enums import Holidays
from remit.org.models import CalendarYear
from remit.org.queries.today import today
from remit.org.queries.working_days import calendar_for, days_of, years_of
from remit.org.rules import can_manage_system

from ..requiring import require
from ..who import who
from .forms import YearForm

AROUND = range(-1, 4)


class DaysUnreadable(ValueError):
    """A line is not ``2027-02-06, off, 春節``."""


@require_GET
def calendars(request: HttpRequest) -> HttpResponse:
    """Each country with its years: entered, published or predicted."""
    this_year = today().year
    entered = years_of()
    rows = [
        (country, country.label, [
            (year, calendar_for(country).certainty(year), entered.get((country, year)))
            for year in (this_year + n for n in AROUND)
        ])
        for country in Holidays if country != Holidays.NONE
    ]  # fmt: skip
    context = {"rows": rows, "may_enter": can_manage_system(who(request))}
    return render(request, "org/calendars.html", context)


@require_http_methods(["GET", "POST"])
def year(request: HttpRequest, country: str, year: int) -> HttpResponse:
    """Enter the days of a year, as text; begins with what holds now."""
    require(can_manage_system(who(request)))
    if country not in Holidays.values or not 2000 <= year <= 2100:
        return redirect("org_calendars")
    entered = years_of().get((country, year))
    initial = (
        {"days": _entered(entered), "source": entered.source}
        if entered
        else {"days": _written(country, year)}
    )
    form = YearForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            days = _read(form.cleaned_data["days"])
            enter_year(
                country=country, year=year, days=days, source=form.cleaned_data["source"], by=who(request),
                at=timezone.now(),
            )  # fmt: skip
        except (DaysUnreadable, DayOutsideTheYear, TooManyDays) as error:
            form.add_error("days", str(error))
        else:
            messages.success(request, _("Entered. What has not opened yet follows the new days."))
            return redirect("org_calendars")
    context = {"form": form, "country": Holidays(country).label, "year": year}
    return render(request, "org/calendar_year.html", context, status=422 if form.errors else 200)


def _entered(entered: CalendarYear) -> str:
    """The days as they were entered, with their names."""
    rows = days_of(entered)
    return "\n".join(
        f"{row.day}, {'work' if row.is_working else 'off'}, {row.name}".rstrip(", ") for row in rows
    )


def _written(country: str, year: int) -> str:
    """The days that differ from Monday to Friday, a line each."""
    times = calendar_for(country)
    first = date(year, 1, 1)
    days = [date.fromordinal(first.toordinal() + n) for n in range((date(year + 1, 1, 1) - first).days)]
    return "\n".join(
        f"{day}, {'work' if times.is_working(day) else 'off'}"
        for day in days
        if times.is_working(day) != (day.weekday() < 5)
    )


def _read(text: str) -> dict[date, tuple[bool, str]]:
    found: dict[date, tuple[bool, str]] = {}
    for number, row in enumerate(
        csv.reader(text.replace("，", ",").splitlines(), quoting=csv.QUOTE_NONE), start=1
    ):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        try:
            day, word = date.fromisoformat(cells[0]), cells[1].lower()
            works = {"off": False, "work": True, "休": False, "班": True}[word]
        except (ValueError, IndexError, KeyError) as error:
            raise DaysUnreadable(
                _("Line %(number)s: write a day, off or work, and a name: 2027-02-06, off, New Year")
                % {"number": number}
            ) from error
        if found.get(day, (works, ""))[0] != works:
            raise DaysUnreadable(
                _("Line %(number)s: %(day)s stands above already, as the contrary.")
                % {"number": number, "day": day.isoformat()}
            )
        found[day] = (works, cells[2] if len(cells) > 2 else "")
    return found
