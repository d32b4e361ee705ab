"""Titles and addresses of budgets and of releases from their lines."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from remit.notices.subjects import Subject
from remit.org.models import Person
from remit.planning.money_rules import budgets_visible_to, release_rules_visible_to, releases_visible_to

from ..refs import resolves


@resolves("budget")
def budgets(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Budgets of the units that the person sees."""
    return {
        one.pk: Subject(one.title, reverse("budgets_budget", args=[one.pk]))
        for one in budgets_visible_to(person).filter(pk__in=ids)
    }


@resolves("release")
def releases(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Releases from the lines that the person sees."""
    seen = releases_visible_to(person).filter(pk__in=ids).select_related("line")
    return {
        one.pk: Subject(
            _("Release: %s") % one.line.title,
            f"{reverse('budgets_line', args=[one.line_id])}#release-{one.pk}",
        )
        for one in seen
    }


@resolves("releaserule")
def release_rules(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Rules of the lines that the person sees."""
    seen = release_rules_visible_to(person).filter(pk__in=ids).select_related("line")
    return {
        one.pk: Subject(_("Release rule: %s") % one.line.title, reverse("budgets_rule", args=[one.pk]))
        for one in seen
    }
