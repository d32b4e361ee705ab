"""An empty database gets its tables as they stand today, and every migration is written down as done.

Step by step through a hundred migrations takes twenty seconds of processor, since Django draws models anew at
most steps (stepping.py says which). What comes out is the same, which tests/config/test_fresh.py holds.
"""

import pkgutil
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """No table, or only the record of migrations that an interrupted beginning left."""
    recorder = MigrationRecorder(connection)
    own = {recorder.Migration._meta.db_table}
    return set(connection.introspection.table_names()) <= own and not recorder.applied_migrations()


def waiting_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """The rooms whose migrations are not done, by name; empty when the tables are those of today.

    Usually the names of the files tell: where each is written down as done, none has to be loaded.
    """
    done = set(MigrationRecorder(connection).applied_migrations())
    on_disk = {
        (room.label, found.name)
        for room in apps.get_app_configs()
        for found in pkgutil.iter_modules([str(Path(room.path) / "migrations")])
        if found.name[0] not in "_~"
    }
    if on_disk <= done and not settings.MIGRATION_MODULES:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return sorted({migration.app_label for migration, _backwards in plan})


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """All or nothing: every table, what migrations do by program (triggers, first rows), their record."""
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    executor.recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for model in _models({migration.app_label for migration in plan}, connection):
            editor.create_model(model)
        _finish(editor)
        for migration in plan:
            _run_programs(migration, editor)
            executor.recorder.record_applied(migration.app_label, migration.name)


def _models(rooms: Iterable[str], connection: BaseDatabaseWrapper) -> Iterable[type[models.Model]]:
    for room in sorted(rooms):
        for model in apps.get_app_config(room).get_models():
            if model._meta.can_migrate(connection):
                yield model


def _finish(editor: BaseDatabaseSchemaEditor) -> None:
    """Indexes and foreign keys now: PostgreSQL alters no table in which rows wait for their checks."""
    for statement in editor.deferred_sql:
        editor.execute(statement)
    editor.deferred_sql.clear()


def _run_programs(migration: Migration, editor: BaseDatabaseSchemaEditor) -> None:
    """Those of ours that make something. Others only move rows (``elidable``), and here are no rows."""
    if not apps.get_app_config(migration.app_label).name.startswith("remit."):
        return
    for operation in migration.operations:
        if isinstance(operation, RunPython) and not operation.elidable:
            operation.code(apps, editor)  # type: ignore[arg-type]  # those of today, not of that day
