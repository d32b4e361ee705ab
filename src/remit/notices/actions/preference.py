"""Choose how to be told."""

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..deciding import mail_due
from ..enums import Mail
from ..models import Notice, Preference
from ..queries.preferences import wishes_of


class QuietHoursNeedBothEnds(ValueError):
    """Quiet hours have a beginning and an end, or there are none."""


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
) -> Preference:
    """Choose e-mail and quiet hours; what waits to be mailed follows the new choice."""
    if (quiet_from is None) != (quiet_until is None):
        raise QuietHoursNeedBothEnds(_("Give both ends of the quiet hours, or none."))
    chosen = {
        "mail": Mail(mail).value,
        "digest_at": digest_at,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
    }
    preference, _made = Preference.objects.update_or_create(person=person, defaults=chosen)
    due = mail_due(wishes_of(person, at.date()), at)
    Notice.objects.filter(person=person, letter=None).exclude(mail_due_at=None).update(mail_due_at=due)
    fields = {name: str(value) if isinstance(value, time) else value for name, value in chosen.items()}
    record(events.PREFERENCE_SET, person, by=by, at=at, fields=fields)
    return preference
