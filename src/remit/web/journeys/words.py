"""Kinds of questions about journeys, columns and lengths of time, in the language of the page."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from .. import numbers

KIND_TITLES = {
    "funnel": gettext_lazy("Funnel"),
    "retention": gettext_lazy("Retention"),
    "paths": gettext_lazy("Paths"),
    "attribution": gettext_lazy("Attribution"),
    "sessions": pgettext_lazy("journey", "Sessions"),
    "lifecycle": gettext_lazy("Lifecycle"),
    "stickiness": gettext_lazy("Stickiness"),
}
KIND_LEADS = {
    "funnel": gettext_lazy("How far people come, step by step, and where most of them stop."),
    "retention": gettext_lazy("Who comes back, and how long after."),
    "paths": gettext_lazy("Which way people go from an event, or to one."),
    "attribution": gettext_lazy("Which channels bring what people do in the end, by seven rules."),
    "sessions": gettext_lazy("In which sittings people come, where they land and leave."),
    "lifecycle": gettext_lazy("Who is new, comes again, wakes up or falls asleep."),
    "stickiness": gettext_lazy("On how many days of a week or month people come."),
}
COLUMN_TITLES = {
    "channel": gettext_lazy("Channel"),
    "source": gettext_lazy("Source"),
    "campaign_id": gettext_lazy("Campaign"),
}
MODEL_TITLES = {
    "first": pgettext_lazy("attribution", "First touch"),
    "last": pgettext_lazy("attribution", "Last touch"),
    "linear": pgettext_lazy("attribution", "Linear"),
    "position": pgettext_lazy("attribution", "By position"),
    "time_decay": pgettext_lazy("attribution", "Time decay"),
    "shapley": pgettext_lazy("attribution", "Shapley"),
    "markov": pgettext_lazy("attribution", "Markov"),
}
LENGTHS = ("30 minutes", "1 hour", "1 day", "3 days", "7 days", "14 days", "30 days", "90 days", "365 days")
NOTHING_MORE = pgettext_lazy("path", "nothing more")


def column_title(column: str) -> str:
    return str(COLUMN_TITLES.get(column, column))


def length_words(text: str) -> str:
    """``7 days`` as people say it; any other text as it is."""
    found = re.fullmatch(r"(\d+) (minute|hour|day|week)s?", text)
    if found is None:
        return text
    count = int(found[1])
    words = {
        "minute": ngettext("%d minute", "%d minutes", count),
        "hour": ngettext("%d hour", "%d hours", count),
        "day": ngettext("%d day", "%d days", count),
        "week": ngettext("%d week", "%d weeks", count),
    }[found[2]]
    return words % count


def seconds_words(seconds: float | None) -> str:
    """``35 s``, ``12 min``, ``3.4 h``, ``2.1 d``."""
    if seconds is None:
        return numbers.NOTHING
    for most, part, words in (
        (90, 1, pgettext("duration", "%s s")),
        (90 * 60, 60, pgettext("duration", "%s min")),
        (36 * 3600, 3600, pgettext("duration", "%s h")),
    ):
        if seconds < most:
            return words % numbers.grouped(seconds / part, 0 if part < 3600 else 1)
    return pgettext("duration", "%s d") % numbers.grouped(seconds / 86_400, 1)


def note_words(note: str) -> str:
    """A note of the engine, which speaks English, in the language of the page."""
    known = (
        (r"No event is called '(.*)'\.", _("No event is called “%s”.")),
        (r"Nothing is called '(.*)'\.", _("Nothing is called “%s”.")),
        (r"No event has as \w+ '(.*)'\.", _("No event has the value “%s”.")),
        (r"([\d,]+) touches have no \w+\.", _("%s touches have no channel and are left out.")),
    )
    for pattern, words in known:
        if found := re.fullmatch(pattern, note):
            return words % found[1]
    return note
