"""Choose how to be told."""

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person
from remit.org.queries.today import company_day

from .. import events
from ..deciding import due
from ..enums import Pace, Way
from ..models import Dispatch, Preference
from ..queries.preferences import wishes_of
from ..queries.robots import robots_open_to


class QuietHoursNeedBothEnds(ValueError):
    """Quiet hours have a beginning and an end, or there are none."""


class RobotNotAllowed(ValueError):
    """Nobody allowed this robot to the person."""


def require_both_ends(quiet_from: time | None, quiet_until: time | None) -> None:
    """Raise QuietHoursNeedBothEnds for one end without the other."""
    if (quiet_from is None) != (quiet_until is None):
        raise QuietHoursNeedBothEnds(_("Give both ends of the quiet hours, or none."))


@transaction.atomic
def set_preference(
    *,
    person: Person,
    mail: str,
    digest_at: time,
    quiet_from: time | None,
    quiet_until: time | None,
    by: Person,
    at: datetime,
    robot: str = "",
    robot_pace: str = Pace.IMMEDIATELY,
) -> Preference:
    """Choose e-mail, robot and quiet hours; what waits to be sent follows the new choice."""
    require_both_ends(quiet_from, quiet_until)
    if robot and robot not in robots_open_to(person, company_day(at)):
        raise RobotNotAllowed(_("Nobody has allowed you the robot %s.") % robot)
    chosen = {
        "mail": Pace(mail).value,
        "robot": robot,
        "robot_pace": Pace(robot_pace).value,
        "digest_at": digest_at,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
    }
    preference, _made = Preference.objects.update_or_create(person=person, defaults=chosen)
    wishes = wishes_of(person, company_day(at))
    for way in (Way.MAIL, Way.ROBOT):
        waiting = Dispatch.objects.filter(notice__person=person, way=way, letter=None)
        when = due(wishes[way], at) if way in wishes else None
        if when is None:
            waiting.delete()
        else:
            waiting.update(due_at=when)
    fields = {name: str(value) if isinstance(value, time) else value for name, value in chosen.items()}
    record(events.PREFERENCE_SET, person, by=by, at=at, fields=fields)
    return preference
