"""What ``remit check`` looks at in a running house, besides Django's own checks.

They are registered by the command itself: Django runs what is registered before every command, also before
the first migration, when half of this cannot be true yet.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from remit.audit import guard
from remit.audit.models import Delivery
from remit.core.unanswered import CannotAnswer
from remit.duties.queries.events import duties_that_wait
from remit.jobs.queries import workers_alive
from remit.lake.queries import the_lake
from remit.lake.spark import check_engine, is_spark, leave, session
from remit.notices.queries import robots_not_set_up
from remit.notices.robots import read_robots
from remit.web.printing import MISSING, lacking

from .fresh import waiting_migrations
from .reactions import REACTIONS
from .schedule import SCHEDULES

MOVING = "docs/how/spark.md says what a cluster needs."
LOCAL = ("127.0.0.1", "localhost", "::1")
type Apps = Sequence[AppConfig] | None


def secrets_and_addresses(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    """The settings that decide whether strangers can walk in."""
    if len(settings.SECRET_KEY) < 32 or len(set(settings.SECRET_KEY)) < 8:
        yield Error(
            "The secret key is short enough to guess.",
            hint="Set REMIT_SECRET_KEY to at least 50 random characters; tools/setup writes one into .env.",
            id="remit.E001",
        )
    is_local = urlsplit(settings.ADDRESS).hostname in LOCAL
    if settings.DEBUG and not is_local:
        yield Error(
            f"Debugging is on at {settings.ADDRESS}: every error page shows the settings.",
            hint="Remove REMIT_DEBUG.",
            id="remit.E002",
        )
    if not settings.HTTPS and not is_local:
        yield Caution(
            f"{settings.ADDRESS} is not encrypted: passwords can be read on the way.",
            hint="Put a proxy with a certificate in front, and set REMIT_ADDRESS to https://…",
            id="remit.W001",
        )
    if not settings.MAILERS["default"]["BACKEND"].endswith("smtp.EmailBackend"):
        yield Caution(
            "Letters are not sent: a reset of a password is only printed or written to a folder.",
            hint="Set REMIT_MAIL, such as submission://user:password@mail.example.com:587.",
            id="remit.W002",
        )


def robots(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    """Robots of chat groups can be spoken to; one with a fault is left out."""
    _robots, faults = read_robots(settings.ROBOT_SECRETS)
    for fault in faults:
        yield Error(fault.sentence, hint=f"Correct REMIT_ROBOTS. {fault.hint}", id="remit.E012")


def folders(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    """Where state lives can be written; what is built has been built."""
    for name, folder in (("REMIT_HOME", settings.HOME), ("REMIT_FILES", settings.FILES_ROOT)):
        if problem := _cannot_write(Path(folder)):
            yield Error(
                f"{folder} cannot be written: {problem}.",
                hint=f"Give it to the user that runs Remit, or set {name} to another folder.",
                id="remit.E003",
            )
    if settings.STATIC_MANIFEST and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield Error(
            "The static files have not been collected: pages would fail.",
            hint="Run tools/setup, or remit collectstatic.",
            id="remit.E004",
        )
    for language in ("zh_Hant", "zh_Hans"):
        if not (settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.mo").exists():
            yield Error(
                f"The translations into {language} have not been compiled.",
                hint="Run tools/setup, or python tools/messages.py.",
                id="remit.E005",
            )


def dotted_paths(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    """Every clock and every reaction leads somewhere."""
    paths = {f"the schedule {schedule.name}": schedule.task for schedule in SCHEDULES}
    paths |= {f"a reaction to {event}": path for event, found in REACTIONS.items() for path in found}
    for what, path in paths.items():
        try:
            import_string(path)
        except ImportError as error:
            yield Error(
                f"{path} of {what} cannot be imported: {error}.",
                hint="Correct it in remit/config/schedule.py or remit/config/reactions.py.",
                id="remit.E006",
            )


def database(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    """The database answers, is migrated, and guards the record."""
    try:
        plan = waiting_migrations(connection)
        tables = set(connection.introspection.table_names())
    except DatabaseError as error:
        yield Error(
            f"The database does not answer: {error}.",
            hint="Look at REMIT_DATABASE, and whether the server runs.",
            id="remit.E007",
        )
        return
    if plan:
        yield Error(f"Migrations wait: {', '.join(plan)}.", hint="Run remit migrate.", id="remit.E008")
        return
    if settings.CACHES["default"]["LOCATION"] not in tables:
        yield Error("The table of the cache is missing.", hint="Run remit createcachetable.", id="remit.E009")
    if lost := guard.missing(connection):
        yield Error(
            f"The audit record is not guarded against changes: {', '.join(lost)} is missing.",
            hint="Run remit migrate, which puts the triggers back, then remit audit, which reads the chain.",
            id="remit.E010",
        )
    yield from _background()
    yield from _handbook()


def _handbook() -> Iterator[CheckMessage]:
    if waiting := duties_that_wait():
        named = "; ".join(f"{code}: {', '.join(events)}" for code, events in waiting.items())
        yield Caution(
            f"Duties wait for events that nothing records yet: {named}.",
            hint="Begin them by hand when it happens, on the duty's page; or name another event.",
            id="remit.W006",
        )


def _background() -> Iterator[CheckMessage]:
    if not workers_alive(timezone.now()).exists():  # house: clock: only the command check calls this
        yield Caution(
            "No worker is running: imports, alerts and letters wait.",
            hint="Run remit serve, or remit worker and remit scheduler beside the web server.",
            id="remit.W003",
        )
    stuck = Delivery.objects.filter(done_at=None, attempts__gte=5).order_by("id").first()
    if stuck:
        yield Caution(
            f"The reaction {stuck.reaction} has failed {stuck.attempts} times: {stuck.error}",
            hint="Mend the cause; it is tried again by itself.",
            id="remit.W004",
        )
    if lost := robots_not_set_up():
        yield Caution(
            f"Somebody or a unit chose a robot that is not set up: {', '.join(lost)}.",
            hint="Set it up in REMIT_ROBOTS, or choose another on the unit's page or under “Notices”.",
            id="remit.W005",
        )


def lake(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    """The lake can be read, and written where it is a folder."""
    store = the_lake()
    problem = _cannot_write(Path(settings.LAKE_URL)) if store.is_local else ""
    try:
        store.snapshot("order_lines")
    except Exception as error:  # each kind of storage fails in its own way, and the sentence is what counts
        problem = problem or str(error)
    if problem:
        yield Error(
            f"The lake at {settings.LAKE_URL} cannot be used: {problem}.",
            hint="Look at REMIT_LAKE: a folder that this user may write, or a URL with its keys.",
            id="remit.E011",
        )


def engine(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    """What answers questions is set, installed and reached."""
    try:
        check_engine(settings.ENGINE)
    except CannotAnswer as error:
        yield Error(str(error), hint=f"{MOVING} Without REMIT_ENGINE this machine answers.", id="remit.E013")


def cluster(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    """A cluster that is reached gives executors, which answer within a bounded time."""
    if not is_spark(settings.ENGINE) or list(engine(None)):
        return
    try:
        session(settings.ENGINE)
    except CannotAnswer as error:
        yield Error(str(error), hint=MOVING, id="remit.E014")
    else:
        leave(settings.ENGINE)


def documents(app_configs: Apps, **_kwargs: Any) -> Iterator[CheckMessage]:
    """Reports can be drawn as PDF, in Chinese."""
    if problem := lacking():
        yield Caution(
            f"Reports stay pages, no PDF of them can be made: {problem}", hint=MISSING, id="remit.W007"
        )


# What can differ from one start to the next: it decides whether pages are served. The others look at the
# program, or only caution, and load much of it.
OF_THE_PLACE = (secrets_and_addresses, robots, folders, database, lake, engine)
HOUSE = (*OF_THE_PLACE, cluster, dotted_paths, documents)


def _cannot_write(folder: Path) -> str:
    """Why nothing can be written there; empty when it can. A folder that is not there yet is made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".remit-check-")
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        return error.strerror or str(error)
    return ""
