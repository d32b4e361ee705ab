"""What a question is called when nobody has given it a title."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from remit.metrics.catalog.spec import Metric
from remit.metrics.saved import is_journey

from ..journeys.asked import AskedJourney
from ..journeys.words import KIND_TITLES
from ..templatetags.figures import listed
from .asked import Asked
from .choices import dimension_title
from .reading import say
from .sight import Sight


def asked_words(asked: Asked, metrics: Mapping[str, Metric]) -> str:
    """``Net sales by week``."""
    names = listed(say(metrics[name].title) if name in metrics else name for name in asked.metrics)
    if not asked.by:
        return names
    split = " × ".join(dimension_title(name) for name in asked.by)
    return _("%(metrics)s by %(split)s") % {"metrics": names, "split": split}


def journey_words(asked: AskedJourney) -> str:
    """``Funnel: view → cart → pay``."""
    title = str(KIND_TITLES[asked.kind])
    named = " → ".join(asked.steps) if asked.kind == "funnel" else listed(asked.events)
    return _("%(kind)s: %(events)s") % {"kind": title, "events": named} if named else title


def saved_words(saved: Mapping[str, Any], metrics: Mapping[str, Metric]) -> str:
    """A kept question, be it about metrics or about journeys."""
    if is_journey(saved):
        return journey_words(AskedJourney.from_saved(saved))
    return asked_words(Asked.from_saved(saved), metrics)


def period_of(saved: Mapping[str, Any]) -> str:
    """The period that a kept question asks about, as it is written."""
    return str((saved["spec"] if is_journey(saved) else saved).get("period", ""))


def journey_url(saved: Mapping[str, Any], sight: Sight) -> str:
    """Where a kept question about journeys is asked, with the part of its unit that is the viewer's."""
    asked = AskedJourney.from_saved(saved)
    asked = replace(asked, unit=sight.own_part(asked.unit))
    return f"{reverse('journeys_ask', args=[asked.kind])}?{asked.query()}"
