"""Which unit, of those that one may choose from, a page is about."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from remit.org.models import Unit


@dataclass(frozen=True, slots=True)
class UnitOption:
    """One line of the choice; the title is indented by its depth."""

    code: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """``unit``: none for all. ``units``: the chosen one's subtree, or all."""

    unit: Unit | None
    units: QuerySet[Unit]
    options: tuple[UnitOption, ...]


def chosen_unit(request: HttpRequest, units: QuerySet[Unit]) -> UnitChoice:
    """``?unit=`` a code among these units; anything else is all of them."""
    code, language = request.GET.get("unit", ""), get_language() or "zh-hant"
    known = list(units.order_by("path"))
    unit = next((each for each in known if each.code == code), None)
    highest = min((each.depth for each in known), default=1)
    options = tuple(
        UnitOption(each.code, "　" * (each.depth - highest) + each.title(language), each == unit)
        for each in known
    )
    below = units.filter(path__startswith=unit.path) if unit else units
    return UnitChoice(unit, below, options)
