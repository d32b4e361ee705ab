"""The demonstration's units, positions and people, for the hundreds of tests that begin with them.

The action that makes them writes a thousand rows one by one, each with its event, and that of the handbook
as many again. They run once; after that its rows are put back as they were, table by table.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from remit.demo.actions.organisation import set_up_organisation
from remit.duties.actions.duty import load_handbook
from remit.duties.queries.handbook import shipped_drafts

type Rows = list[tuple[Any, ...]]

_kept: dict[bool, dict[type[models.Model], Rows]] = {}


def enter_cast(*, with_handbook: bool = False) -> None:
    """Into an empty database. ``with_handbook``: and the handbook that ships, which nobody owes yet."""
    if with_handbook in _kept:
        _put_back(_kept[with_handbook])
        return
    before = dict(_filled())
    set_up_organisation(at=timezone.now())
    if with_handbook:
        load_handbook(drafts=shipped_drafts(), by=None, at=timezone.now())
    after = dict(_filled())
    assert {model: after[model] for model in before} == before, "only empty tables can be put back"
    _kept[with_handbook] = {model: rows for model, rows in after.items() if model not in before}


def _filled() -> Iterator[tuple[type[models.Model], Rows]]:
    """Every table that has rows."""
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_columns(model)} FROM {_name(model)}")
            if rows := cursor.fetchall():
                yield model, rows


@transaction.atomic
def _put_back(kept: dict[type[models.Model], Rows]) -> None:
    with connection.cursor() as cursor:
        for model, rows in kept.items():
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {_name(model)} ({_columns(model)}) VALUES ({places})", rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(kept)):
            cursor.execute(statement)


def _name(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: type[models.Model]) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields)
