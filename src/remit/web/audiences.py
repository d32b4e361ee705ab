"""A list of customers in words: how many, drawn by what, by whom and when."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from remit.core.text import in_a_row
from remit.planning.models import AudienceList
from remit.planning.queries.audiences import lists_by_id
from remit.planning.queries.choices import names_of

from .templatetags.figures import day, number, say


def listed(value: list[Any]) -> str:
    """A signed list, by its number; its size where it is gone."""
    row = lists_by_id([value[0]]).get(value[0])
    return in_words(row) if row else size_of(value[1])


def size_of(size: int) -> str:
    return ngettext("%(n)s customer", "%(n)s customers", size) % {"n": number(size)}


def in_words(row: AudienceList) -> str:
    """One line."""
    return _("%(size)s (%(basis)s; named by %(who)s on %(day)s)") % {
        "size": size_of(row.size), "basis": drawn_by(row.basis), "who": say(row.by), "day": day(row.at),
    }  # fmt: skip


def drawn_by(basis: Mapping[str, Any]) -> str:
    """What the customers were found by."""
    if "codes" in basis:
        return _("by their codes")
    said = []
    if campaign := basis.get("reached"):
        said.append(_("reached by “%s”") % names_of([campaign]).get(campaign, campaign))
    if ages := basis.get("age_groups"):
        said.append(_("aged %s") % in_a_row(ages, get_language()))
    if areas := basis.get("areas"):
        said.append(_("living in %s") % in_a_row(areas, get_language()))
    return _(", ").join(said)
