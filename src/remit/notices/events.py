"""What can happen to notices."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType, without_values


def _wording(text: str) -> str:
    """What people were told, in the reader's language; whom and what it named is not in the record."""
    return without_values(gettext(text))


NOTICE_GIVEN = EventType(
    "notices.notice.given",
    _("%(count)s people were told: %(text)s"),
    fields=("count", "people", "text"),
    words={"text": _wording},
)
PREFERENCE_SET = EventType(
    "notices.preference.set",
    _("%(by)s chose e-mail %(mail)s, robot %(robot)s, quiet from %(quiet_from)s until %(quiet_until)s"),
    fields=("mail", "robot", "robot_pace", "digest_at", "quiet_from", "quiet_until"),
)
ROBOTS_ALLOWED = EventType(
    "notices.robots.allowed", _("%(by)s allowed %(subject)s these robots: %(robots)s"), fields=("robots",)
)
TEAM_ROBOT_SET = EventType(
    "notices.team_robot.set",
    _("%(by)s set the team robot of %(subject)s: %(robot)s, %(pace)s"),
    fields=("robot", "pace", "digest_at", "quiet_from", "quiet_until"),
)
LETTER_GIVEN_UP = EventType(
    "notices.letter.given_up",
    _("A message to %(subject)s was given up after %(attempts)s tries: %(error)s"),
    fields=("letter", "way", "attempts", "error"),
)
