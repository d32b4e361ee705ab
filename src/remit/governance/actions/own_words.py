"""Publish a company's own words of screening."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person

from .. import events
from ..models import OwnWords
from ..screening.own import changed_entries, list_digest, read_own
from .policy import ChangedMeanwhile, NothingChanged


def publish_own_words(
    *, content: Mapping[str, Any], reason: str, by: Person | None, at: datetime, after: int
) -> OwnWords:
    """Let the company's list say this from now on; live content is screened again in the background.

    ``after``: the number of the version that was edited, 0 for none. Raise UnreadableList, NothingChanged,
    ChangedMeanwhile.
    """
    read_own(content)
    meanwhile = _("Version %(number)s was published meanwhile. Look at it, then apply your change to it.")
    try:
        with transaction.atomic():
            newest = OwnWords.objects.select_for_update().order_by("-number").first()
            number = newest.number if newest else 0
            if number != after:
                raise ChangedMeanwhile(meanwhile % {"number": number})
            before = newest.content if newest else {}
            if not (changes := changed_entries(before, content)):
                raise NothingChanged(_("This is what version %(number)s says already.") % {"number": number})
            version = OwnWords.objects.create(
                number=number + 1, content=dict(content), digest=list_digest(content), reason=reason[:300],
                by=by, at=at,
            )  # fmt: skip
            fields = {
                "version": version.number, "reason": reason[:300], "changes": changes,
                "digest": version.digest,
            }  # fmt: skip
            record(events.OWN_WORDS_PUBLISHED, version, by=by, at=at, fields=fields)
    except IntegrityError as error:
        raise ChangedMeanwhile(meanwhile % {"number": after + 1}) from error
    return version
