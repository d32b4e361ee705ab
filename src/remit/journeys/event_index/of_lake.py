"""The index of the lake's own events."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from remit.core.scope import Scope
from remit.lake.spark import is_spark
from remit.lake.store import Lake

from .links import Links
from .opened import Index, open_index
from .scoped import seen_by
from .source import Source
from .update import bring_up_to_date

OTHERS = ("unit_id", "channel", "source", "campaign_id", "outlet_id", "currency")
NUMBERS = ("value",)


def index_of_lake(lake: Lake, folder: Path, scope: Scope, within: Scope | None = None) -> Index:
    """The events of the newest snapshot that ``scope`` opens, those that came since the last look added.

    Person codes that are linked to one customer are one person, called by the least of these codes.
    ``within``: a narrower set (a unit filter), besides the scope. There is no way to the lake's index that
    leaves the scope out. Raise CannotIndex.
    """
    if not isinstance(scope, Scope):
        raise TypeError("Journeys of the lake need a Scope: whose rows may be read?")
    snapshot = lake.snapshot("events")

    def source_of(files: Sequence[str]) -> Source:
        all_of_them = replace(snapshot, files=tuple(files)).sql()
        sql = f"SELECT * FROM ({all_of_them}) WHERE robot IS NOT TRUE"  # noqa: S608  # our own SELECT
        return Source(
            sql,
            "concat(unit_id, ' ', person_code)",
            "happened_at",
            "event",
            {name: name for name in OTHERS},
            numbers={name: name for name in NUMBERS},
        )

    generation = bring_up_to_date(folder, snapshot.files, source_of, links_of(lake)).generation
    engine = lake.engine if is_spark(lake.engine) else ""
    if scope.everything and within is None:
        return open_index(folder, engine)
    return _seen(folder, generation, engine, scope, within)


def links_of(lake: Lake) -> Links:
    """Who is whom as far as the lake has been told; people of two companies are never one."""
    snapshot = lake.snapshot("links")
    sql = (
        "SELECT concat(unit_id, ' ', person_code) AS person, concat(unit_id, ' ', customer_id) AS whose"  # noqa: S608  # our own SELECT
        f" FROM ({snapshot.sql()})"
    )
    return Links(snapshot.files, sql)


@lru_cache(maxsize=8)  # looking through what a scope opens takes a pass, and a page asks more than once
def _seen(folder: Path, _generation: int, engine: str, scope: Scope, within: Scope | None) -> Index:
    index = seen_by(open_index(folder, engine), scope)
    return index if within is None else seen_by(index, within)
