"""Figures, dates and texts in the language of the page."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from remit.core.text import Text, day_in, in_a_row
from remit.metrics.deciding import part_text

from .. import numbers

register = template.Library()


def language() -> str:
    return get_language() or "zh-hant"


def _shown(text: str, full: str = "") -> str | SafeString:
    if text == numbers.NOTHING:
        return format_html('<span class="nothing" title="{}">{}</span>', gettext("no data"), text)
    if full and full != text:
        return format_html('<span title="{}">{}</span>', full, text)
    return text


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """``{{ n|number }}``: grouped digits."""
    return _shown(numbers.grouped(value, decimals))


@register.filter
def short(value: Any) -> str:
    """``{{ n|short }}``: 萬/億 or k/M, the whole number on hover."""
    return _shown(numbers.short(value, language()), numbers.grouped(value))


@register.filter
def money(value: Any, currency: str = "") -> str:
    """``{{ n|money:"USD" }}``: to the cent."""
    return _shown(numbers.money(value, currency))


@register.filter
def short_money(value: Any, currency: str = "") -> str:
    """``{{ n|short_money:"USD" }}``: in 萬/億 or k/M, to the cent on hover."""
    text = numbers.money(value, currency, language=language(), brief=True)
    return _shown(text, numbers.money(value, currency))


@register.filter
def percent(value: Any, decimals: int = 1) -> str:
    """``{{ 0.123|percent }}``: 12.3%."""
    return _shown(numbers.percent(value, decimals))


@register.simple_tag
def figure(value: Any, unit: str, currency: str = "", brief: bool = True) -> str:
    """``{% figure value unit currency %}``: by the unit of its metric."""
    text = numbers.figure(value, unit, currency=currency, language=language(), brief=brief)
    return _shown(text, numbers.figure(value, unit, currency=currency, language=language(), brief=False))


@register.simple_tag
def change(value: Any, better: str = "up", label: str = "") -> str:
    """``{% change 0.12 better="down" %}``: signed, coloured by whether the direction is good."""
    if numbers.is_nothing(value):
        return _shown(numbers.NOTHING)
    rising = value > 0
    tone = (
        "flat"
        if value == 0 or better not in ("up", "down")
        else "good"
        if rising == (better == "up")
        else "bad"
    )
    arrow = "→" if value == 0 else "↑" if rising else "↓"
    return format_html(
        '<span class="change change-{}" title="{}"><span aria-hidden="true">{}</span>{}</span>',
        tone,
        label,
        arrow,
        numbers.change(value),
    )


@register.filter
def listed(names: Iterable[Any]) -> str:
    """``{{ names|listed }}``: one after the other, as the language of the page writes them."""
    return in_a_row((str(name) for name in names), language())


@register.filter
def say(value: Any) -> str:
    """A Text, or an object with ``title(language)``, in the language of the page."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return value.say(language())
    title = getattr(value, "title", None)
    if callable(title) and not isinstance(value, str | Promise):
        return str(title(language()))
    return str(value)


@register.filter
def part(value: str) -> str:
    """The rows that an alert speaks of, kept as ``department=PRODUCE``, in words."""
    return part_text(value).say(language())


@register.filter
def day(value: date | datetime | None) -> str:
    """2017-03-05 as the page's language writes it."""
    if value is None:
        return _shown(numbers.NOTHING)
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return day_in(value, language())


@register.filter
def moment(value: datetime | None) -> str:
    """A time in the company's zone, to the minute."""
    if value is None:
        return _shown(numbers.NOTHING)
    value = timezone.localtime(value)
    text = date_format(value, "j M Y, H:i" if language().startswith("en") else "Y年n月j日 H:i")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def moment_in(value: datetime, zone: tzinfo) -> str:
    """A time where it counts: in the zone of a unit, which is named."""
    there = value.astimezone(zone)
    text = date_format(there, "j M Y, H:i" if language().startswith("en") else "Y年n月j日 H:i")
    return format_html('<time datetime="{}">{} ({})</time>', value.isoformat(), text, zone)


@register.filter
def moment_there(value: datetime, zone: tzinfo) -> str:
    """A time to be read beside a due day of a unit: in its zone, named where that is not the company's."""
    return moment(value) if str(zone) == timezone.get_current_timezone_name() else moment_in(value, zone)


@register.filter
def due(one: Any) -> str:
    """When something is due: the day where it is owed, and the exact time in the company's zone on hover."""
    exact = f"{timezone.localtime(one.due_at):%Y-%m-%d %H:%M}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', one.due_at.isoformat(), exact, day(one.due_on)
    )


@register.filter
def ago(value: datetime | None) -> str:
    """How long ago, in one unit; the exact time on hover."""
    if value is None:
        return _shown(numbers.NOTHING)
    passed = timezone.now() - value
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        f"{timezone.localtime(value):%Y-%m-%d %H:%M}",
        _ago(passed),
    )


def _ago(passed: timedelta) -> str:
    seconds = int(passed.total_seconds())
    if seconds < 60:
        return gettext("just now")
    if seconds < 3600:
        return ngettext("%d minute ago", "%d minutes ago", seconds // 60) % (seconds // 60)
    if seconds < 86_400:
        return ngettext("%d hour ago", "%d hours ago", seconds // 3600) % (seconds // 3600)
    return ngettext("%d day ago", "%d days ago", passed.days) % passed.days


@register.simple_tag
def chart_table(chart: Any) -> tuple[list[str], list[list[str]]]:
    """``{% chart_table chart as behind %}``: titles and rows of the table behind a chart."""
    return chart.table(language())
