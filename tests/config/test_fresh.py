"""An empty database made at once is the one that all migrations make, step by step."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from remit.config.fresh import is_empty, make_tables, waiting_migrations

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": (
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
    ),
}
CHECKS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%CHECK%' ORDER BY name",
    "postgresql": (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' ORDER BY conname"
    ),
}


@pytest.mark.slow
@pytest.mark.timeout(900)  # a hundred migrations, at each of which Django draws all models anew
def test_made_at_once_and_made_step_by_step_are_the_same(made: Callable[..., BaseDatabaseWrapper]) -> None:
    # Django's history gives the numbers of its own table of groups a wider type; nothing of ours uses it.
    at_once, steps = made("at_once"), made("step_by_step", "--step-by-step")
    assert applied(at_once) == applied(steps)
    differing = tables(at_once) ^ tables(steps)
    assert sorted(each for each in differing if each[0] != "auth_group_permissions") == []
    assert any(table == "audit_event" for table, _what in tables(at_once))
    assert asked(at_once, TRIGGERS) == asked(steps, TRIGGERS) != []
    assert checks(at_once) == checks(steps) != {}
    assert counts(at_once) == counts(steps)


@pytest.mark.slow
def test_names_of_files_tell_that_no_migration_waits_and_loading_tells_which_do(
    made: Callable[..., BaseDatabaseWrapper], monkeypatch: pytest.MonkeyPatch
) -> None:
    today = made("today")
    monkeypatch.setattr(settings, "MIGRATION_MODULES", {})  # also where the tests run without migrations
    with monkeypatch.context() as patched:
        patched.setattr("remit.config.fresh.MigrationExecutor", None)
        assert waiting_migrations(today) == []
    MigrationRecorder(today).record_unapplied("jobs", "0002_worker")
    assert waiting_migrations(today) == ["jobs"]


@pytest.mark.slow
def test_what_goes_wrong_half_way_leaves_the_database_empty(
    made: Callable[..., BaseDatabaseWrapper], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = made("begun", "org", "zero")  # only the record of migrations

    def stop(*_: Any) -> None:
        raise RuntimeError("the machine goes down")

    with monkeypatch.context() as patched:
        patched.setattr("remit.config.fresh._run_programs", stop)
        with pytest.raises(RuntimeError, match="goes down"):
            make_tables(begun)
    assert is_empty(begun)


def applied(one: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    return set(MigrationRecorder(one).applied_migrations())


def tables(one: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """(table, what it has): columns with type and whether they may be empty; constraints and indexes.

    Ours by name; others were named differently by earlier versions of Django. SQLite names no keys.
    """
    models = apps.get_models(include_auto_created=True) if one.vendor == "postgresql" else ()
    named = {each._meta.db_table for each in models if each.__module__.startswith("remit.")}
    found = set()
    with one.cursor() as cursor:
        for table in one.introspection.table_names(cursor):
            for each in one.introspection.get_table_description(cursor, table):
                column = (each.name, each.type_code, each.internal_size, each.null_ok, each.default)
                found.add((table, str(column)))
            for name, rule in one.introspection.get_constraints(cursor, table).items():
                said = sorted(rule.items(), key=str)
                found.add((table, str((name if table in named else "", said))))
    return found


def asked(one: BaseDatabaseWrapper, by_vendor: dict[str, str]) -> list[tuple[str, str]]:
    with one.cursor() as cursor:
        cursor.execute(by_vendor[one.vendor])
        return list(cursor.fetchall())


def checks(one: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """What the database itself refuses: named conditions of each table; their order says nothing."""
    found = {}
    for name, text in asked(one, CHECKS):
        named = re.findall(r'CONSTRAINT "[^"]+" CHECK \(.*?\)(?=, CONSTRAINT|, "|\)?$)', text)
        found[name] = sorted(named) if one.vendor == "sqlite" else [text]
    return found


def counts(one: BaseDatabaseWrapper) -> dict[str, int]:
    """Rows of every table."""
    with one.cursor() as cursor:
        names = one.introspection.table_names(cursor)
        rows = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')  # names of the database itself
            rows[name] = cursor.fetchone()[0]
    return rows
