"""Triggers that refuse to change or remove an event, in the database itself."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_event"
MESSAGE = "The record is append-only."

_SQLITE = {
    f"{TABLE}_no_{verb.lower()}": (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
    for verb in ("UPDATE", "DELETE")
} | {
    # REPLACE removes the old row without the delete trigger on a connection that lacks recursive_triggers.
    f"{TABLE}_no_replace": (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_replace BEFORE INSERT ON {TABLE} "  # noqa: S608  # constants only
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR digest = NEW.digest) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
}
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$
"""
_POSTGRESQL = {
    f"{TABLE}_append_only": (
        f"CREATE OR REPLACE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"
    ),
    f"{TABLE}_no_truncate": (
        f"CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()"
    ),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that are not there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for statement in _triggers(connection).values():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for a test that empties its database, and for a migration backwards."""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that the database does not have."""
    catalogue = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        present = {name for (name,) in cursor.fetchall()}
    return sorted(set(_triggers(connection)) - present)


def reinstall_after_migrating(*, using: str, **_kwargs: Any) -> None:
    """SQLite loses the triggers when Django rebuilds the table; ``post_migrate`` calls this."""
    from django.db import connections  # imported late: apps.py imports this module before settings are used

    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
