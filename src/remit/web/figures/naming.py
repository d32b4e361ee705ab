"""What a question is called when nobody has given it a title."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from remit.metrics.catalog.spec import Metric

from .asked import Asked
from .choices import dimension_title
from .reading import say
from .words import english


def listed(names: Iterable[str]) -> str:
    """Names in a row, with the comma of the language."""
    return (", " if english() else "、").join(names)


def asked_words(asked: Asked, metrics: Mapping[str, Metric]) -> str:
    """``Net sales by week``."""
    names = listed(say(metrics[name].title) if name in metrics else name for name in asked.metrics)
    if not asked.by:
        return names
    split = " × ".join(dimension_title(name) for name in asked.by)
    return _("%(metrics)s by %(split)s") % {"metrics": names, "split": split}
