"""One page that says what a person owes today."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from remit.duties.actions.look import look
from remit.duties.queries.owing import left_behind
from remit.execution.queries.cooperation import to_do, to_see_to
from remit.execution.queries.risks import to_review
from remit.execution.queries.tasks import own_tasks
from remit.governance.queries.contents import findings_owed_by
from remit.governance.queries.meetings import actions_owed_by, deferred_to
from remit.metrics.models import Target
from remit.metrics.queries.alerts import open_firings
from remit.metrics.rules import targets_visible_to
from remit.notices.queries.preferences import zone_of
from remit.notices.queries.saying import Said, said
from remit.notices.rules import notices_visible_to
from remit.org.models import Person
from remit.org.queries.organisation import organisation_on
from remit.org.queries.over_time import acts_for, memberships_of
from remit.org.queries.today import today

from ..approvals.inbox import waiting_for
from ..duties.titles import caused
from ..figures.sight import Sight
from ..figures.targeted import Progress, progress
from ..goals.own import own_goals
from ..meetings.listing import meetings_on
from ..viewer import viewer_of
from ..who import who
from .owed import owed_today

FINDING = ("severity", "words", "rule", "found_at", "content__title")
MOST_FIGURES, MOST_NEWS, MOST_ALERTS, MOST_ACTIONS, MOST_FINDINGS = 6, 8, 6, 8, 6


@require_GET
def today_page(request: HttpRequest) -> HttpResponse:
    """What I owe, my figures, alerts, and what changed since I last looked."""
    person, at, on = who(request), timezone.now(), today()
    since = look(person=person, at=at)
    organisation = organisation_on(on)
    here = at.astimezone(zone_of(person, on)).date()
    owed = owed_today(person, at, on, organisation, here)
    caused([one for rows in owed.shown for one in rows], person)
    context = {
        "owed": owed,
        "left": left_behind(person, on, organisation),
        "waiting": waiting_for(person, at, on, organisation),
        "tasks": own_tasks(person, on),
        "to_do": to_do(person, on)[:MOST_ACTIONS],
        "to_see_to": to_see_to(person, on)[:MOST_ACTIONS],
        "risks": to_review(on, [person])[:MOST_ALERTS],
        "findings": findings_owed_by(person).only(*FINDING)[: MOST_FINDINGS + 1],
        "most_findings": MOST_FINDINGS,
        "actions": actions_owed_by(person).only("title", "due_on", "meeting__title")[: MOST_ACTIONS + 1],
        "most_actions": MOST_ACTIONS,
        "put_off": deferred_to(person, on)
        .select_related(None)
        .only("title", "meeting", "deferred_to")[:MOST_ACTIONS],
        "meetings": meetings_on(person, on),
        "on": on,
        "here": here,
        "at": at,
        "posts": viewer_of(request).posts,
        "firings": open_firings(person)[:MOST_ALERTS],
        "targets": _own_targets(person, Sight.of(request)),
        "goals": own_goals(person, on),
        "memberships": memberships_of(person, on, organisation),
        "acting": acts_for(person, on, organisation),
        "news": _news(person, since),
        "since": since,
    }
    return render(request, "today/page.html", context)


def _own_targets(person: Person, sight: Sight) -> list[Progress]:
    mine: list[Target] = list(
        targets_visible_to(person)
        .filter(owner=person)
        .select_related("unit", "owner")
        .order_by("-last", "metric", "pk")[:MOST_FIGURES]
    )
    return progress(mine, sight) if mine else []


def _news(person: Person, since: datetime | None) -> list[Said]:
    """Notices since the last look; on the first look, the newest."""
    told = notices_visible_to(person)
    if since is not None:
        told = told.filter(at__gt=since)
    return [one for one in said(told.order_by("-at", "-pk")[:MOST_NEWS], person) if not one.hidden]
