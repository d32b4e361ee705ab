"""Units and people in the palette."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.org.rules import people_visible_to, units_visible_to

from ..shell.finding import GROUP_MAX, Item, offers
from ..viewer import Viewer


def _named(wanted: str) -> Q:
    return Q(name__icontains=wanted) | Q(name_en__icontains=wanted)


@offers
def units(viewer: Viewer, wanted: str) -> tuple[str, list[Item]]:
    """Units of the viewer's subtrees, by name or code."""
    if not wanted or viewer.person is None:
        return "", []
    language = get_language() or "zh-hant"
    seen = units_visible_to(viewer.person).filter(_named(wanted) | Q(code__icontains=wanted)).order_by("path")
    return _("Units"), [
        {
            "title": u.title(language),
            "note": u.code,
            "url": reverse("org_unit", args=[u.pk]),
            "icon": "sitemap",
        }
        for u in seen[:GROUP_MAX]
    ]


@offers
def people(viewer: Viewer, wanted: str) -> tuple[str, list[Item]]:
    """People whom the viewer sees, by name or address."""
    if not wanted or viewer.person is None:
        return "", []
    language = get_language() or "zh-hant"
    seen = (
        people_visible_to(viewer.person).filter(_named(wanted) | Q(email__icontains=wanted)).order_by("name")
    )
    return _("People"), [
        {
            "title": p.title(language),
            "note": p.email,
            "url": reverse("org_person", args=[p.pk]),
            "icon": "user",
        }
        for p in seen[:GROUP_MAX]
    ]
