"""Metrics and boards in the palette."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.metrics.queries import catalogue
from remit.metrics.rules import boards_visible_to

from ..shell.finding import GROUP_MAX, Item, fits, offers
from ..viewer import Viewer


@offers
def metrics(viewer: Viewer, wanted: str) -> tuple[str, list[Item]]:
    """Metrics by title in either language, name or meaning; titles first."""
    if not wanted or viewer.person is None:
        return "", []
    language = get_language() or "zh-hant"
    known = catalogue().values()
    by_title = [m for m in known if fits(wanted, m.title.zh_hant, m.title.say("zh-hans"), m.title.en, m.name)]
    by_meaning = [m for m in known if m not in by_title and fits(wanted, m.meaning.say(language))]
    return _("Metrics"), [
        {
            "title": metric.title.say(language),
            "note": metric.name,
            "url": reverse("figures_metric", args=[metric.name]),
            "icon": "math-function",
        }
        for metric in (by_title + by_meaning)[:GROUP_MAX]
    ]


@offers
def boards(viewer: Viewer, wanted: str) -> tuple[str, list[Item]]:
    """Boards by title."""
    if not wanted or viewer.person is None:
        return "", []
    seen = boards_visible_to(viewer.person).filter(title__icontains=wanted).order_by("title")
    return _("Boards"), [
        {
            "title": b.title,
            "note": "",
            "url": reverse("boards_board", args=[b.pk]),
            "icon": "layout-dashboard",
        }
        for b in seen[:GROUP_MAX]
    ]
