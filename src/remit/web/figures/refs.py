"""Titles and addresses of what is defined about figures."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import get_language

from remit.metrics.queries import catalogue
from remit.metrics.rules import (
    alerts_visible_to,
    boards_visible_to,
    metrics_visible_to,
    questions_visible_to,
    targets_visible_to,
)
from remit.notices.subjects import Subject
from remit.org.models import Person

from ..refs import resolves


@resolves("alert")
def alerts(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Alerts of the units that the person sees."""
    seen = alerts_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.title, reverse("figures_alert", args=[each.pk])) for each in seen}


@resolves("target")
def targets(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Targets of the units that the person sees, named by metric and unit."""
    language, known = get_language() or "zh-hant", catalogue()
    found = {}
    for each in targets_visible_to(person).filter(pk__in=ids).select_related("unit"):
        metric = known[each.metric].title.say(language) if each.metric in known else each.metric
        title = f"{metric} · {each.unit.title(language)}"
        found[each.pk] = Subject(title, reverse("figures_target", args=[each.pk]))
    return found


@resolves("board")
def boards(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """One's own boards, and those that are shared."""
    seen = boards_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.title, reverse("boards_board", args=[each.pk])) for each in seen}


@resolves("savedquestion")
def questions(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Saved questions that the person may read."""
    seen = questions_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.title, reverse("figures_question", args=[each.pk])) for each in seen}


@resolves("custommetric")
def metrics(person: Person, ids: Collection[int]) -> dict[int, Subject]:
    """Metrics that people have defined."""
    seen = metrics_visible_to(person).filter(pk__in=ids)
    return {each.pk: Subject(each.title, reverse("figures_metric", args=[each.code])) for each in seen}
