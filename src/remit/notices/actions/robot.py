"""Where robots may speak."""

from collections.abc import Collection
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Unit
from remit.org.queries.today import company_day

from .. import events
from ..deciding import due
from ..enums import Pace
from ..models import Dispatch, RobotAllowance, TeamRobot
from ..queries.preferences import wishes_of_team
from ..queries.robots import allowances_of, robot_names
from .preference import require_both_ends


class RobotUnknown(ValueError):
    """REMIT_ROBOTS has no robot of this name."""


@transaction.atomic
def allow_robots(
    *, owner: Person | Unit, robots: Collection[str], by: Person, at: datetime
) -> tuple[str, ...]:
    """These robots, and no others, may be chosen by the person, or by everybody of the unit and below it."""
    _require_known(robots)
    type(owner).objects.select_for_update().get(pk=owner.pk)
    before = set(allowances_of(owner).values_list("robot", flat=True))
    if before != set(robots):
        allowances_of(owner).exclude(robot__in=robots).delete()
        place = {"unit" if isinstance(owner, Unit) else "person": owner}
        new = sorted(set(robots) - before)
        RobotAllowance.objects.bulk_create(RobotAllowance(robot=name, **place) for name in new)
        record(events.ROBOTS_ALLOWED, owner, by=by, at=at, fields={"robots": sorted(robots)})
    return tuple(sorted(robots))


@transaction.atomic
def set_team_robot(
    *,
    unit: Unit,
    robot: str,
    by: Person,
    at: datetime,
    pace: str = Pace.IMMEDIATELY,
    digest_at: time = time(8),
    quiet_from: time | None = None,
    quiet_until: time | None = None,
) -> TeamRobot | None:
    """The robot that tells the unit's group how much waits (its name; empty: none), and when it speaks.

    What waits already follows.
    """
    require_both_ends(quiet_from, quiet_until)
    _require_known([robot] if robot else [])
    Unit.objects.select_for_update().get(pk=unit.pk)
    waiting = Dispatch.objects.filter(unit=unit, letter=None)
    if not robot:
        TeamRobot.objects.filter(unit=unit).delete()
        waiting.delete()
        record(events.TEAM_ROBOT_SET, unit, by=by, at=at, fields={"robot": "", "pace": Pace.NONE.value})
        return None
    hours = {"digest_at": digest_at, "quiet_from": quiet_from, "quiet_until": quiet_until}
    chosen = {"robot": robot, "pace": Pace(pace).value}
    team, _made = TeamRobot.objects.update_or_create(unit=unit, defaults={**chosen, **hours})
    waiting.update(due_at=due(wishes_of_team(team, company_day(at)), at) or at)
    said_hours = {name: value and str(value) for name, value in hours.items()}
    record(events.TEAM_ROBOT_SET, unit, by=by, at=at, fields={**chosen, **said_hours})
    return team


def _require_known(robots: Collection[str]) -> None:
    if unknown := sorted(set(robots) - set(robot_names())):
        raise RobotUnknown(
            _("No robot is called %s. Robots are set up in REMIT_ROBOTS.") % ", ".join(unknown)
        )
