"""Titles and addresses of kept content, and of the company's own words."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from remit.governance.content_rules import contents_visible_to, own_words_visible_to
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("contentitem")
def contents(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Content that the person sees."""
    seen = contents_visible_to(person).filter(pk__in=ids).only("title")
    return {one.pk: Subject(one.title, reverse("contents_content", args=[one.pk])) for one in seen}


@resolves("ownwords")
def own_words(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Versions of the company's own words."""
    seen = own_words_visible_to(person).filter(pk__in=ids)
    title = _("Our own words, version %s")
    return {one.pk: Subject(title % one.number, reverse("screening_own")) for one in seen}
