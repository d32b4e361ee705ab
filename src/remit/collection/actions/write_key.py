"""Make, change and disable write keys."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.org.models import Person, Unit

from .. import events
from ..enums import KeyKind
from ..models import WriteKey
from ..models.write_key import BATCH_EVENTS_MAX, EVENTS_A_MINUTE, EVENTS_A_MINUTE_MAX
from ..queries.keys import BROWSER_PREFIX, SERVER_PREFIX, digest_of, forget_keys
from ..reading.origins import ORIGINS_MAX

SHOWN_OF_A_SECRET = 8


class KeyNeedsName(ValueError):
    """A key says where it is used, so that one knows which to disable."""


class KeyNeedsCompany(ValueError):
    """Events belong to a company's books."""


class WrongOrigins(ValueError):
    """A web page's key names where it may send from; a server's key names nothing."""


class WrongLimit(ValueError):
    """The limit lets no whole batch pass, or is none."""


class KeyIsDisabled(ValueError):
    """A disabled key stays as it was."""


@transaction.atomic
def make_key(
    *,
    unit: Unit,
    name: str,
    kind: str,
    by: Person | None,
    at: datetime,
    origins: Sequence[str] = (),
    events_a_minute: int = EVENTS_A_MINUTE,
    consent_needed: bool | None = None,
) -> tuple[WriteKey, str]:
    """Return the key's row and the key. That of a server is shown this once: only its digest is kept.

    ``consent_needed``: by default for web pages. Raise KeyNeedsName, KeyNeedsCompany, WrongOrigins,
    WrongLimit.
    """
    if not (name := name.strip()[:80]):
        raise KeyNeedsName(_("Say where the key is used."))
    if not unit.is_company:
        raise KeyNeedsCompany(
            _("%(unit)s keeps no books. Make the key for a company below it.") % {"unit": unit.code}
        )
    browsers = kind == KeyKind.BROWSER
    secret = (BROWSER_PREFIX if browsers else SERVER_PREFIX) + secrets.token_urlsafe(24)
    key = WriteKey.objects.create(
        unit=unit,
        name=name,
        kind=KeyKind(kind),
        digest=digest_of(secret),
        shown=secret if browsers else secret[:SHOWN_OF_A_SECRET],
        origins=_checked_origins(origins, browsers),
        events_a_minute=_checked_limit(events_a_minute),
        consent_needed=browsers if consent_needed is None else consent_needed,
        made_at=at,
        made_by=by,
    )
    record(events.KEY_MADE, key, by=by, at=at, fields=_told(key) | {"kind": key.kind})
    return key, secret


@transaction.atomic
def change_key(
    *,
    key: WriteKey,
    origins: Sequence[str],
    events_a_minute: int,
    consent_needed: bool,
    by: Person,
    at: datetime,
) -> WriteKey:
    """Other origins, another limit, another rule of consent; from the next request on.

    Raise KeyIsDisabled, WrongOrigins, WrongLimit.
    """
    key = WriteKey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=key.pk)
    if key.disabled_at is not None:
        raise KeyIsDisabled(_("This key is disabled. Make a new one."))
    key.origins = _checked_origins(origins, key.is_of_browsers)
    key.events_a_minute = _checked_limit(events_a_minute)
    key.consent_needed = consent_needed
    key.save(update_fields=["origins", "events_a_minute", "consent_needed"])
    transaction.on_commit(forget_keys)
    record(events.KEY_CHANGED, key, by=by, at=at, fields=_told(key))
    return key


@transaction.atomic
def disable_key(*, key: WriteKey, by: Person, at: datetime) -> WriteKey:
    """From now on nothing comes by it; what it has brought stays. Again: nothing changes."""
    key = WriteKey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=key.pk)
    if key.disabled_at is None:
        key.disabled_at, key.disabled_by = at, by
        key.save(update_fields=["disabled_at", "disabled_by"])
        transaction.on_commit(forget_keys)
        record(events.KEY_DISABLED, key, by=by, at=at, fields={"name": key.name, "unit": key.unit.code})
    return key


def _told(key: WriteKey) -> dict[str, object]:
    return {
        "name": key.name, "unit": key.unit.code, "origins": key.origins,
        "events_a_minute": key.events_a_minute, "consent_needed": key.consent_needed,
    }  # fmt: skip


def _checked_origins(origins: Sequence[str], browsers: bool) -> list[str]:
    if browsers and not origins:
        raise WrongOrigins(_("Name the origins of your pages, such as https://shop.example.com."))
    if not browsers and origins:
        raise WrongOrigins(_("The key of a server has no origins: no browser may use it."))
    if len(origins) > ORIGINS_MAX:
        raise WrongOrigins(_("At most %d origins. Make a second key for the others.") % ORIGINS_MAX)
    return list(origins)


def _checked_limit(events_a_minute: int) -> int:
    if not BATCH_EVENTS_MAX <= events_a_minute <= EVENTS_A_MINUTE_MAX:
        raise WrongLimit(
            _("The limit lies between %(least)d and %(most)d events a minute: a whole batch has to pass.")
            % {"least": BATCH_EVENTS_MAX, "most": EVENTS_A_MINUTE_MAX}
        )
    return events_a_minute
