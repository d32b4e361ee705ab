"""``remit check`` finds what is wrong with this installation, and says what to do."""

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.tasks import Task

from remit.audit import guard
from remit.audit.actions import record
from remit.audit.events import EventType
from remit.audit.models import Delivery
from remit.audit.reactions import register, registered
from remit.config import checks
from remit.config.schedule import SCHEDULES
from remit.jobs.schedules import Schedule
from remit.lake.spark import NoCluster
from remit.notices.models import TeamRobot
from remit.org.models import Unit

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def ids(found: Iterable[CheckMessage]) -> list[str]:
    messages = list(found)
    assert all(message.hint for message in messages)
    return sorted(str(message.id) for message in messages)


@pytest.fixture(autouse=True)
def a_sound_house(settings, tmp_path: Path) -> None:
    settings.LAKE_URL = str(tmp_path / "lake")
    settings.FILES_ROOT = tmp_path / "files"
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    for language in ("zh_Hant", "zh_Hans"):
        folder = tmp_path / "locale" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.mo").touch()
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}


def test_a_sound_house_has_nothing_to_say() -> None:
    assert ids(checks.secrets_and_addresses(None)) == []
    assert ids(checks.robots(None)) == []
    assert ids(checks.folders(None)) == []
    assert ids(checks.dotted_paths(None)) == []
    assert ids(checks.lake(None)) == []


def test_every_clock_of_the_house_leads_to_a_task_and_has_a_name_of_its_own() -> None:
    assert ids(checks.dotted_paths(None)) == []
    assert len({schedule.name for schedule in SCHEDULES}) == len(SCHEDULES)


def test_no_clockwork_task_was_forgotten() -> None:
    # enqueued when there is something to deliver, or when a calendar changed
    on_call = {"remit.jobs.tasks.deliver", "remit.duties.tasks.regenerate_occurrences"}
    found = set()
    for path in Path(checks.__file__).parent.parent.glob("*/tasks.py"):
        module = import_module(f"remit.{path.parent.name}.tasks")
        tasks = [thing for thing in vars(module).values() if isinstance(thing, Task)]
        found |= {task.module_path for task in tasks if not signature(task.func).parameters}
    assert found - on_call == {schedule.task for schedule in SCHEDULES}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"SECRET_KEY": "short"}, ["remit.E001"]),
        ({"SECRET_KEY": "aaaa" * 20}, ["remit.E001"]),
        ({"DEBUG": True}, []),
        ({"DEBUG": True, "ADDRESS": "https://remit.example.com", "HTTPS": True}, ["remit.E002"]),
        ({"ADDRESS": "http://remit.example.com"}, ["remit.W001"]),
        (
            {"MAILERS": {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}},
            ["remit.W002"],
        ),
    ],
)
def test_settings_that_let_strangers_in_are_found(
    settings, changes: dict[str, object], expected: list[str]
) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    assert ids(checks.secrets_and_addresses(None)) == expected


def test_robots_that_cannot_be_spoken_to_are_found_with_what_to_do(settings) -> None:
    sound = '{kind: feishu, url: "https://open.feishu.cn/open-apis/bot/v2/hook/x", secret: s}'
    settings.ROBOT_SECRETS = f"{{good: {sound}}}"
    assert ids(checks.robots(None)) == []
    settings.ROBOT_SECRETS = (
        "{a: {kind: slack}, b: {kind: wecom, url: http://example.com}, good: " + sound + "}"
    )
    assert ids(checks.robots(None)) == ["remit.E012", "remit.E012"]
    settings.ROBOT_SECRETS = "nothing of the kind"
    assert ids(checks.robots(None)) == ["remit.E012"]


@pytest.mark.django_db
def test_a_robot_that_somebody_chose_and_nobody_set_up_is_found() -> None:
    TeamRobot.objects.create(unit=Unit.objects.add_root({"code": "group", "name": "Group"}), robot="lost")
    assert ids(checks.database(None)) == ["remit.W003", "remit.W005"]


def test_folders_that_cannot_be_written_and_what_was_not_built_are_found(settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.FILES_ROOT = tmp_path / "file" / "below"
    settings.STATIC_MANIFEST, settings.STATIC_ROOT = True, tmp_path
    (tmp_path / "locale/zh_Hans/LC_MESSAGES/django.mo").unlink()
    assert ids(checks.folders(None)) == ["remit.E003", "remit.E004", "remit.E005"]


def test_a_lake_that_cannot_be_used_is_found(settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.LAKE_URL = str(tmp_path / "file")
    assert ids(checks.lake(None)) == ["remit.E011"]


def test_a_clock_or_reaction_that_leads_nowhere_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "SCHEDULES", (Schedule("x", "* * * * *", "remit.jobs.tasks.nothing"),))
    monkeypatch.setattr(checks, "REACTIONS", {"a.b.c": ("no.such.place",)})
    assert ids(checks.dotted_paths(None)) == ["remit.E006", "remit.E006"]


@pytest.mark.django_db
def test_a_database_without_worker_guard_or_cache_is_found(settings) -> None:
    assert ids(checks.database(None)) == ["remit.W003"]
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "elsewhere"}}
    guard.remove(connection)
    assert ids(checks.database(None)) == ["remit.E009", "remit.E010", "remit.W003"]
    guard.install(connection)


@pytest.mark.django_db
def test_a_reaction_that_keeps_failing_is_found() -> None:
    before = registered()
    happened = EventType("tests.check.happened", "x")
    register({happened.name: ("no.such.place",)})
    record(happened, None, by=None, at=AT)
    register(before)
    Delivery.objects.update(attempts=5, error="RuntimeError: asleep")
    assert ids(checks.database(None)) == ["remit.W003", "remit.W004"]


@pytest.mark.django_db
def test_the_command_shows_findings_with_hints_and_fails_on_errors(
    settings, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check")
    assert "(remit.W003) No worker is running" in capsys.readouterr().err
    settings.SECRET_KEY = "short"
    with pytest.raises(SystemCheckError, match=r"remit\.E001\)(?s:.)*HINT: Set REMIT_SECRET_KEY"):
        call_command("check")


@pytest.mark.parametrize("engine", ["postgres", "spark://127.0.0.1:1"])
def test_an_engine_that_cannot_answer_is_found(settings, engine: str) -> None:
    settings.ENGINE = engine
    assert ids(checks.engine(None)) == ["remit.E013"]
    assert ids(checks.cluster(None)) == []


def test_a_cluster_that_gives_no_executors_is_found_and_one_that_answers_is_left(
    settings, monkeypatch
) -> None:
    settings.ENGINE = "spark://cluster:7077"
    left: list[str] = []
    monkeypatch.setattr(checks, "check_engine", lambda _engine: None)
    monkeypatch.setattr(checks, "session", lambda _engine: None)
    monkeypatch.setattr(checks, "leave", left.append)
    assert (ids(checks.cluster(None)), left) == ([], ["spark://cluster:7077"])

    def refuse(_engine: str) -> None:
        raise NoCluster("It gave no executor.")

    monkeypatch.setattr(checks, "session", refuse)
    assert ids(checks.cluster(None)) == ["remit.E014"]
