"""Budgets that the person sees, with what is left of each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from remit.planning.money_rules import budgets_visible_to, units_with_budgets_of
from remit.planning.queries.budgets import with_sums

from ..lists import Column, Listing
from ..templatetags.figures import say
from ..who import who


def _money(key: str, title: Any, *, optional: bool = False) -> Column:
    return Column(key, title, kind="money", sort=key, currency=lambda b: b.currency, optional=optional)


COLUMNS = (
    Column(
        "title", gettext_lazy("Budget"), sort="title",
        href=lambda budget: reverse("budgets_budget", args=[budget.pk]), note=lambda budget: say(budget.unit),
    ),
    Column("starts_on", gettext_lazy("First day"), kind="day", sort="starts_on"),
    Column("ends_on", gettext_lazy("Last day"), kind="day", sort="ends_on"),
    _money("total", pgettext_lazy("budget", "Total")),
    _money("all_granted", gettext_lazy("Granted")),
    _money("all_released", gettext_lazy("Released")),
    _money("all_forecast", pgettext_lazy("money", "Forecast")),
    _money("all_committed", pgettext_lazy("money", "Committed")),
    _money("all_spent", pgettext_lazy("money", "Spent")),
    _money("all_overrun", gettext_lazy("Overrun"), optional=True),
)  # fmt: skip


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """How much there is, and how far it has gone."""
    person = who(request)
    rows = with_sums(budgets_visible_to(person).select_related("unit"))
    found = Listing(
        request, rows, COLUMNS, name="budgets", search=("title", "unit__name", "unit__name_en"),
        sort="-starts_on",
    )  # fmt: skip
    context = {"listing": found, "may_keep": units_with_budgets_of(person).exists()}
    return found.export() or render(request, "budgets/list.html", context)
