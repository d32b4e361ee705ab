"""What the forms about figures offer: metrics by family, dimensions, periods, units, currencies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remit.metrics.catalog.dimensions import DIMENSIONS
from remit.metrics.catalog.spec import Family, Metric

from .asked import TIMES, Asked
from .reading import say
from .sight import Sight
from .words import PRESETS, preset_words, span_words

FAMILIES = {
    Family.SALES: gettext_lazy("Sales"),
    Family.TRAFFIC: gettext_lazy("Traffic"),
    Family.CONVERSION: gettext_lazy("Conversion"),
    Family.LOYALTY: gettext_lazy("Loyalty"),
    Family.BRAND: gettext_lazy("Brand"),
    Family.MARGIN: gettext_lazy("Margin"),
    Family.CHANNEL: gettext_lazy("Channel"),
    Family.COST: gettext_lazy("Cost"),
    Family.DUTIES: gettext_lazy("Duties"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a form; ``note`` explains it, ``off`` says that it does not fit what is chosen."""

    value: str
    title: str
    chosen: bool = False
    note: str = ""
    off: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under a heading; ``opened`` when one of them is chosen."""

    title: str
    options: tuple[Option, ...]

    @property
    def opened(self) -> bool:
        return any(option.chosen for option in self.options)


def metric_groups(catalogue: Mapping[str, Metric], chosen: Iterable[str] = ()) -> list[Group]:
    """The catalogue by family, families without a metric left out."""
    taken = set(chosen)
    groups = []
    for family, title in FAMILIES.items():
        options = tuple(
            Option(metric.name, say(metric.title), metric.name in taken, say(metric.meaning))
            for metric in catalogue.values()
            if metric.family == family
        )
        if options:
            groups.append(Group(str(title), options))
    return groups


def dimension_groups(catalogue: Mapping[str, Metric], asked: Asked, chosen: str = "") -> list[Group]:
    """Dimensions for a split; those that the chosen metrics' rows do not know are off."""
    tables = {catalogue[name].table for name in asked.metrics if name in catalogue}
    options = [
        Option(
            d.name, dimension_title(d.name), d.name == chosen, off=not all(d.fits(table) for table in tables)
        )
        for d in DIMENSIONS.values()
        if d.name != "unit"
    ]
    times = tuple(option for option in options if option.value in TIMES)
    rest = tuple(option for option in options if option.value not in TIMES)
    return [Group(_("Time"), times), Group(_("Attributes"), rest)]


def dimension_title(name: str) -> str:
    """The title of a dimension; a name that is none stays as it is."""
    short = {"week": _("Week"), "weekday": _("Weekday"), "hour": _("Hour")}
    if name in short:
        return short[name]
    return say(DIMENSIONS[name].title) if name in DIMENSIONS else name


def period_options(chosen: str) -> list[Option]:
    """Presets, and the days of one's own."""
    options = [Option(text, preset_words(text), text == chosen) for text in PRESETS]
    custom = ".." in chosen
    if chosen and not custom and chosen not in PRESETS:
        options.append(Option(chosen, span_words(chosen, None), True))
    return [*options, Option("custom", _("Own days"), custom)]


def unit_options(sight: Sight, chosen: str) -> list[Option]:
    """Everything the viewer sees, and each unit of it."""
    return [
        Option("", _("All that I see"), not chosen),
        *(Option(code, title, code == chosen) for code, title in sight.unit_options()),
    ]


def currency_options(sight: Sight, chosen: str) -> list[Option]:
    """Each amount in its own currency, or converted into one of those in use."""
    known = list(dict.fromkeys([*sight.currencies, *([chosen] if chosen else [])]))
    return [Option("", _("As booked"), not chosen), *(Option(code, code, code == chosen) for code in known)]


def compare_options(chosen: str) -> list[Option]:
    """What a figure may be compared with."""
    titles: dict[str, Any] = {
        "": _("Nothing"),
        "previous": _("The period before"),
        "last_year": _("The same period a year before"),
        "target": _("Target"),
    }
    return [Option(value, title, value == chosen) for value, title in titles.items()]


def chart_options(chosen: str) -> list[Option]:
    """How an answer is drawn."""
    titles: dict[str, Any] = {
        "": _("Best fit"),
        "line": _("Line"),
        "bar": _("Bars"),
        "heat": _("Heat map"),
        "table": _("Table only"),
    }
    return [Option(value, title, value == chosen) for value, title in titles.items()]
