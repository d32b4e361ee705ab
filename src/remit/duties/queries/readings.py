"""What measures a duty, and what it showed."""

from remit.core.text import Text
from remit.metrics.queries.definitions import catalogue

from ..models import Charge, Reading


def measure_of(charge: Charge, language: str) -> str:
    """The name of the metric, or of the figure entered by hand; empty when the duty has no measure."""
    version = charge.duty.current
    if version is None:
        return ""
    if version.measure_metric:
        metric = catalogue().get(version.measure_metric)
        return metric.title.say(language) if metric else version.measure_metric
    manual = version.measure_manual
    if not manual:
        return ""
    named = Text(manual["zh"], manual["en"]).say(language)
    return f"{named} ({manual['unit']})" if manual.get("unit") else named


def readings_of(charge: Charge, count: int = 24) -> list[Reading]:
    """The newest readings of a charge."""
    return list(charge.readings.select_related("by").order_by("-last", "-pk")[:count])
