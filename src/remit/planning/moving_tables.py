"""Tables that change their room keep their rows, and what the database named after a table is named anew.

Used by migrations only. A renamed table keeps keys to it, indexes and constraints. PostgreSQL names those by
the table, so they are renamed as Django would name them today: a home that was upgraded and one that is new
are the same. SQLite names no keys, and an index keeps the name that it was made with.
"""

from collections.abc import Callable, Mapping, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CONSTRAINTS = """
SELECT c.conname, t.relname, f.relname,
    ARRAY(SELECT a.attname FROM unnest(c.conkey) WITH ORDINALITY k(number, place)
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number ORDER BY k.place),
    ARRAY(SELECT a.attname FROM unnest(c.confkey) WITH ORDINALITY k(number, place)
          JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number ORDER BY k.place)
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid LEFT JOIN pg_class f ON f.oid = c.confrelid
WHERE t.relname = ANY(%(tables)s) OR f.relname = ANY(%(tables)s)
"""
INDEXES = """
SELECT n.relname, t.relname,
    ARRAY(SELECT a.attname FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number ORDER BY k.place)
FROM pg_index i JOIN pg_class n ON n.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relname = ANY(%(tables)s)
AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""


def move_tables(editor: BaseDatabaseSchemaEditor, tables: Mapping[str, str]) -> None:
    """Rename each table, old name to new, and on PostgreSQL what is named after it."""
    for was, now in tables.items():
        editor.alter_db_table(None, was, now)  # type: ignore[arg-type]  # no model is looked at, only the names
    if editor.connection.vendor == "postgresql":
        _rename_constraints(editor, tables)
        _rename_indexes(editor, tables)
        for was, now in tables.items():
            editor.execute(f"ALTER SEQUENCE IF EXISTS {_quoted(editor, f'{was}_id_seq', f'{now}_id_seq')}")


def _rename_constraints(editor: BaseDatabaseSchemaEditor, tables: Mapping[str, str]) -> None:
    before = {now: was for was, now in tables.items()}
    for name, table, other, columns, keys in _asked(editor, CONSTRAINTS, tables):
        was, ends = before.get(table, table), [("_uniq", "_uniq")]
        if other:
            of = f"_{keys[0]}"
            ends = [(f"_fk_{before.get(other, other)}{of}", f"_fk_{other}{of}")]
        new = _named_by_django(editor, name, (was, table), columns, ends)
        if new is None and table in before and name.startswith(f"{was}_"):  # named by PostgreSQL
            new = table + name.removeprefix(was)
        if new not in (None, name):
            editor.execute(
                f"ALTER TABLE {editor.quote_name(table)} RENAME CONSTRAINT "
                f"{editor.quote_name(name)} TO {editor.quote_name(new)}"
            )


def _rename_indexes(editor: BaseDatabaseSchemaEditor, tables: Mapping[str, str]) -> None:
    before = {now: was for was, now in tables.items()}
    for name, table, columns in _asked(editor, INDEXES, tables):
        new = _named_by_django(editor, name, (before[table], table), columns, [("", ""), ("_like", "_like")])
        if new is not None:
            editor.execute(f"ALTER INDEX {_quoted(editor, name, new)}")


def _named_by_django(
    editor: BaseDatabaseSchemaEditor,
    name: str,
    tables: tuple[str, str],
    columns: Sequence[str],
    ends: Sequence[tuple[str, str]],
) -> str | None:
    """The name for the new table, where the present one is what Django made for the old; else none."""
    named: Callable[..., str] = editor._create_index_name  # type: ignore[attr-defined]  # left out of the stubs
    was, now = tables
    return next((named(now, columns, new) for old, new in ends if name == named(was, columns, old)), None)


def _asked(editor: BaseDatabaseSchemaEditor, question: str, tables: Mapping[str, str]) -> list[tuple]:
    with editor.connection.cursor() as cursor:
        cursor.execute(question, {"tables": list(tables.values())})
        return list(cursor.fetchall())


def _quoted(editor: BaseDatabaseSchemaEditor, was: str, now: str) -> str:
    return f"{editor.quote_name(was)} RENAME TO {editor.quote_name(now)}"
