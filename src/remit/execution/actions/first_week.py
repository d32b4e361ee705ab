"""A launch that misses its first week brings the departments together, with the facts (H4.3.1).

The week is the plan's: seven days from the later of its first day and its launch. It is judged once the
company's day has passed it and the data of every measure reach its last day; data that come late are waited
for, and what has no data is neither met nor missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.governance.actions.meeting import Topic, call_meeting
from remit.governance.enums import Rule
from remit.governance.models import Meeting
from remit.metrics.queries.definitions import catalogue
from remit.org.models import Person, ProjectMember
from remit.org.queries.clocks import clocks
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import company_day
from remit.planning.enums import CampaignKind, Stage
from remit.planning.models import Plan
from remit.planning.queries.plans import leads_for
from remit.planning.queries.results import result_over

from .. import events
from ..first_weeks import Fact, expected_by, first_week, gap_of

PATIENCE = timedelta(days=30)  # data of a first week that come later than this call nobody together
MEETS_AT, LASTS_MIN = time(10), 60


@dataclass
class Looked:
    """``waiting``: launches whose data do not reach the end of their first week yet."""

    judged: int = 0
    missed: int = 0
    waiting: int = 0


def look_at_first_weeks(*, at: datetime) -> Looked:
    """Judge every launch whose first week is over; a miss calls one meeting, however often one looks."""
    done, today = Looked(), company_day(at)
    launches = Plan.objects.filter(kind=CampaignKind.LAUNCH, stage=Stage.RUNNING)
    for plan in launches.select_related("unit", "owner", "project", "campaign").order_by("pk"):
        starts_on = _starts_on(plan)
        week = first_week(starts_on, plan.ends_on)
        if not week.last < today <= week.last + PATIENCE or Meeting.objects.filter(key=_key(plan)).exists():
            continue
        with translation.override(settings.LANGUAGE_CODE):
            facts = facts_of(plan)
            if facts is None:
                done.waiting += 1
                continue
            done.judged += 1
            missed = [fact for fact in facts if fact.gap > Decimal(str(settings.FIRST_WEEK_MISS))]
            if missed:
                call_together(plan=plan, missed=missed, at=at)
                done.missed += 1
    return done


def facts_of(plan: Plan) -> list[Fact] | None:
    """Each measure read from data, after the first week; none while data of one are still to come."""
    week, known = first_week(_starts_on(plan), plan.ends_on), catalogue()
    facts = []
    for measure in plan.measures.exclude(metric="").order_by("-kind", "pk"):
        metric = known.get(measure.metric)
        read = result_over(plan, measure, week)
        if metric is None:
            continue
        if read is None or read.until is None or read.until < week.last:
            return None
        unit = str(metric.unit)
        expected = expected_by(measure.target, unit, week, plan.ends_on)
        gap = gap_of(expected, read.value, falls=str(metric.better) == "down")
        if gap is not None:
            facts.append(Fact(measure.title, unit, measure.target, expected, read.value, gap))
    return facts


@transaction.atomic
def call_together(*, plan: Plan, missed: Iterable[Fact], at: datetime) -> Meeting | None:
    """The owner, their team and superior meet on the next working day; none where nobody is there."""
    today = company_day(at)
    people = _people(plan, today)
    if not people:
        return None
    times, above = clocks(), _superior(plan, today)
    day = times.calendar(plan.unit_id, today).shifted(times.day(plan.unit_id, at), 1)
    facts = list(missed)
    decider = above or people[0]
    topic = Topic(
        title=_("What is done about the first week of “%s”") % plan.title[:100], rule=Rule.DECIDER,
        decider=decider, material=_material(plan, facts), thing=Ref("plan", plan.pk),
    )  # fmt: skip
    meeting = call_meeting(
        unit=plan.unit, title=_("First week below plan: %s") % plan.title,
        starts_at=times.moment(plan.unit_id, day, MEETS_AT), duration_min=LASTS_MIN, chair=people[0],
        people=people, topics=[topic], key=_key(plan), about=str(Ref("plan", plan.pk)), by=None, at=at,
    )  # fmt: skip
    fields = {
        "code": plan.code, "title": plan.title, "measures": [fact.title for fact in facts],
        "gap": f"{max(fact.gap for fact in facts):.1%}",
    }  # fmt: skip
    record(events.FIRST_WEEK_MISSED, plan, by=None, at=at, fields=fields)
    return meeting


def _people(plan: Plan, on: date) -> list[Person]:
    """Who chairs, first: the owner, their superior, the joint team. Those who have left are not asked."""
    found = [plan.owner]
    if (above := _superior(plan, on)) is not None:
        found.append(above)
    if plan.project:
        members = ProjectMember.objects.filter(project=plan.project, starts_on__lte=on, ends_on__gte=on)
        found += [plan.project.lead, *Person.objects.filter(pk__in=members.values("person")).order_by("pk")]
    return [person for person in dict.fromkeys(found) if person.is_active]


def _superior(plan: Plan, on: date) -> Person | None:
    """Who stands above the owner; where nobody does, who heads the unit."""
    above = organisation_on(on).superior_of(plan.owner_id, on)
    heads = [pk for pk in leads_for(plan, on) if pk != plan.owner_id]
    wanted = [pk for pk in (above, *heads) if pk is not None][:1]
    return Person.objects.filter(pk__in=wanted, is_active=True).first()


def _material(plan: Plan, facts: list[Fact]) -> str:
    week = first_week(_starts_on(plan), plan.ends_on)
    lines = [
        _("%(title)s (%(code)s), first week %(first)s to %(last)s, planned until %(end)s.")
        % {
            "title": plan.title, "code": plan.code, "first": week.first, "last": week.last,
            "end": plan.ends_on,
        }
    ]  # fmt: skip
    for fact in facts:
        said = {
            "title": fact.title,
            "actual": _written(fact.actual, fact.unit, plan.currency),
            "expected": _written(fact.expected, fact.unit, plan.currency),
            "target": _written(fact.target, fact.unit, plan.currency),
            "gap": f"{fact.gap:.1%}",
        }
        lines.append(
            _(
                "%(title)s: %(actual)s, where the plan asks for %(expected)s by then; gap %(gap)s. "
                "Target of the whole campaign: %(target)s."
            )
            % said
        )
    return "\n".join(lines)


def _written(value: Decimal, unit: str, currency: str) -> str:
    if unit == "percent":
        return f"{value:.1%}"
    if unit == "money":
        return f"{value:,.0f} {currency}"
    return f"{value:,.0f}" if unit == "count" else f"{value:,.2f}"


def _starts_on(plan: Plan) -> date:
    """A launch that came late has its first week late."""
    return max(plan.starts_on, company_day(plan.launched_at)) if plan.launched_at else plan.starts_on


def _key(plan: Plan) -> str:
    return f"plan:{plan.pk}:first_week"
