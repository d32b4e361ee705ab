"""Each rule of the house finds what it is there to find, and leaves the rest alone."""

from dataclasses import dataclass

import pytest

from tools.house_rules import (
    FILE_LINES_MAX,
    FUNCTION_LINES_MAX,
    ROOM_LINES_MAX,
    Source,
    breaches_of,
    crowded,
    floors,
    problems_of_key,
)

ROOM = '"""What for."""\n'


def broken(path: str, text: str) -> list[tuple[str, int]]:
    return [(breach.rule, breach.line) for breach in breaches_of(Source(path, text))]


@pytest.mark.parametrize(
    "path",
    [
        "src/remit/org/utils.py",
        "src/remit/helpers/x.py",
        "tools/misc.py",
        "tests/base.py",
        "bench/managers.py",
    ],
)
def test_a_file_name_that_says_nothing_is_found(path: str) -> None:
    assert broken(path, "") == [("names", 1)]


def test_a_long_file_and_a_long_function_are_found_and_docstrings_are_free() -> None:
    body = "    x = 1\n" * (FUNCTION_LINES_MAX - 1)
    fits = f'def f():\n    """{"words" + chr(10)}\n    """\n{body}'
    assert broken("src/remit/org/rules.py", fits) == []
    assert broken("src/remit/org/rules.py", f"def f():\n{body}    x = 1\n") == [("sizes", 1)]
    assert broken("tests/org/test_x.py", f"def f():\n{body}    x = 1\n") == []
    assert broken("src/remit/org/rules.py", "x = 1\n" * FILE_LINES_MAX) == []
    assert broken("tests/org/test_x.py", "x = 1\n" * (FILE_LINES_MAX + 1)) == [("sizes", 1)]
    assert broken("src/remit/org/migrations/0001_initial.py", "x = 1\n" * 999) == []


def crowded_rooms(**lines_of: int) -> list[str]:
    texts = [Source(path, "x = 1\n" * lines) for path, lines in lines_of.items()]
    return [breach.path for breach in crowded(texts)]


def test_a_crowded_room_is_found_and_its_migrations_are_free() -> None:
    full = {"src/remit/org/rules.py": ROOM_LINES_MAX - 1, "src/remit/org/actions/unit.py": 1}
    assert crowded_rooms(**full, **{"src/remit/org/migrations/0001_initial.py": 9}) == []
    assert crowded_rooms(**full, **{"src/remit/org/models/unit.py": 1}) == ["src/remit/org/__init__.py"]
    assert crowded_rooms(**{"tests/org/test_x.py": ROOM_LINES_MAX + 1}) == []


def test_on_the_floor_of_pages_each_folder_is_a_room() -> None:
    two = {"src/remit/web/org/page.py": ROOM_LINES_MAX, "src/remit/web/duties/page.py": ROOM_LINES_MAX}
    assert crowded_rooms(**two) == []
    assert crowded_rooms(**two, **{"src/remit/web/org/x.py": 1}) == ["src/remit/web/org/__init__.py"]


def test_a_room_that_does_not_say_what_it_is_for_is_found() -> None:
    assert broken("src/remit/org/__init__.py", "") == [("rooms", 1)]
    assert broken("src/remit/org/__init__.py", ROOM) == []
    assert broken("src/remit/org/actions/__init__.py", "") == []


@pytest.mark.parametrize(
    "line",
    [
        "import x  # noqa",
        "import x  # noqa: F401",
        "import x  # noqa # because it has to be",
        "x = f()  # type: ignore",
        "x = f()  # type: ignore[no-any-return]",
        "x = f()  # type: ignore # the stubs are wrong",
        "x = f()  # pragma: no cover",
        "x = f()  # TODO: later",
    ],
)
def test_a_suppression_without_code_or_reason_and_an_open_end_are_found(line: str) -> None:
    assert broken("src/remit/org/rules.py", line) == [("suppressions", 1)]


@pytest.mark.parametrize(
    "line",
    [
        "import x  # noqa: F401  # importing registers it",
        "x = f()  # type: ignore[no-any-return]  # opencc ships no types",
        "x = f()  # pragma: no cover - needs a second host",
        "x = '# noqa'",
        "x = 1  # the list of what remains to do is an issue",
    ],
)
def test_a_suppression_with_code_and_reason_is_left_alone(line: str) -> None:
    assert broken("src/remit/org/rules.py", line) == []


@pytest.mark.parametrize(
    "line",
    [
        "person.save()",
        "person.save(update_fields=['name'])",
        "person.delete()",
        "Person.objects.create(name='x')",
        "Person.objects.filter(pk=1).update(name='x')",
        "found.update(name='x')",
        "Person.objects.filter(pk=1).delete()",
        "Person.objects.bulk_create([])",
        "rows.get_or_create(pk=1)",
        "unit.person_set.create(name='x')",
    ],
)
def test_a_write_outside_actions_is_found_and_inside_left_alone(line: str) -> None:
    assert broken("src/remit/org/queries/people.py", line) == [("writes", 1)]
    assert broken("src/remit/demo/load.py", line) == [("writes", 1)]
    assert broken("src/remit/org/actions/person.py", line) == []
    assert broken("src/remit/org/migrations/0002_x.py", line) == []
    assert broken("tests/org/test_people.py", line) == []


@pytest.mark.parametrize(
    "line",
    [
        "digest.update(b'x')",
        "names.update({'a': 1})",
        "lake.delete(table, 7)",
        "DeltaTable.create(url, schema=s)",
    ],
)
def test_what_only_looks_like_a_write_is_left_alone(line: str) -> None:
    assert broken("src/remit/lake/store.py", line) == []


@pytest.mark.parametrize(
    "call",
    [
        "timezone.now()",
        "date.today()",
        "datetime.now(UTC)",
        "now()",
        "Now()",
        "time.time()",
        "timezone.localdate()",
    ],
)
def test_a_clock_is_read_at_the_front_door_only(call: str) -> None:
    line = f"at = {call}"
    assert broken("src/remit/org/actions/person.py", line) == [("clock", 1)]
    assert broken("src/remit/web/org/views.py", line) == []
    assert broken("src/remit/jobs/tasks.py", line) == []
    assert broken("src/remit/config/management/commands/serve.py", line) == []
    assert broken("src/remit/org/rules.py", "day = timezone.localdate(at)") == []
    assert broken("src/remit/org/rules.py", "took = time.monotonic()") == []


@pytest.mark.parametrize("moment", ["at", "now", "one.due_at", "starts_at"])
def test_the_day_of_a_moment_is_taken_where_it_happens(moment: str) -> None:
    for path in ("src/remit/org/rules.py", "tests/e2e/preparing.py"):
        assert broken(path, f"day = {moment}.date()") == [("days", 1)]
        assert broken(path, f"day = {moment}.astimezone(zone).date()") == []
        assert broken(path, f"day = timezone.localdate({moment})  # house: clock: a test") == []


def test_a_signal_of_our_own_is_found() -> None:
    line = "from django.db.models.signals import post_save, post_migrate"
    assert broken("src/remit/org/apps.py", line) == [("signals", 1)]
    assert broken("src/remit/org/apps.py", "from django.db.models.signals import post_migrate") == []


def test_an_action_that_takes_its_words_by_position_or_no_time_is_found() -> None:
    wrong = "@transaction.atomic\ndef grant(points, *, at):\n    pass\n"
    timeless = "@transaction.atomic\ndef grant(*, points):\n    pass\n"
    right = "@transaction.atomic\ndef grant(*, points, by, at):\n    pass\n"
    assert broken("src/remit/org/actions/x.py", wrong) == [("actions", 2)]
    assert broken("src/remit/org/actions/x.py", timeless) == [("actions", 2)]
    assert broken("src/remit/org/actions/x.py", right) == []
    assert broken("src/remit/org/queries/x.py", wrong) == []


def test_generic_keys_and_hidden_ordering_are_found() -> None:
    text = "class A(Model):\n    x = GenericForeignKey()\n    class Meta:\n        ordering = ['x']\n"
    assert broken("src/remit/org/models/a.py", text) == [("models", 2), ("models", 4)]


def test_a_page_that_touches_a_model_is_found() -> None:
    assert broken("src/remit/web/org/views.py", "people = Person.objects.all()") == [("views", 1)]
    assert broken("src/remit/org/queries/x.py", "people = Person.objects.all()") == []


def test_an_excuse_needs_its_rule_and_a_reason() -> None:
    path = "src/remit/org/queries/x.py"
    assert broken(path, "at = now()  # house: clock: read once at start, for the log") == []
    assert broken(path, "at = now()  # house: clock:") == [("clock", 1)]
    assert broken(path, "at = now()  # house: writes: read once at start") == [("clock", 1)]


@dataclass
class Meta:
    app_label: str


@dataclass
class Model:
    _meta: Meta


@dataclass
class Remote:
    model: Model
    related_name: str | None


@dataclass
class Field:
    remote_field: Remote | None
    concrete: bool = True


def key_to(room: str, related_name: str | None) -> Field:
    return Field(Remote(Model(Meta(room)), related_name))


def test_a_key_to_another_room_points_down_and_is_not_seen_there() -> None:
    floor_of = {"audit": 0, "org": 1, "lake": 2}
    assert list(problems_of_key(key_to("audit", "+"), "org", floor_of)) == []
    assert list(problems_of_key(key_to("org", None), "org", floor_of)) == []
    assert list(problems_of_key(Field(None), "org", floor_of)) == []
    assert list(problems_of_key(key_to("audit", None), "org", floor_of)) == [
        "points to audit: say related_name=“+”"
    ]
    assert list(problems_of_key(key_to("lake", "+"), "org", floor_of)) == ["points up, to lake: hold a Ref"]


def test_the_floors_are_those_of_the_contract() -> None:
    found = floors()
    assert found["core"] == 0
    assert found["org"] < found["lake"] < found["metrics"] < found["web"] < found["config"]
    assert found["channels"] == found["outreach"]
