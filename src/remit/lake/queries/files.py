"""Look at a file before it is imported: what it seems to be, and what an import would make of it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from remit.org.models import Person, Unit

from ..dimensions import PublishedDimensions, latest_day, zones_of
from ..places import limits
from ..reading.encoding import room_for
from ..reading.examine import examine
from ..reading.guess import Guess, guess
from ..reading.preview import Preview, preview
from ..reading.source import Options, Source, open_source
from ..reading.staging import Destination
from ..reading.vocabulary import Mapping
from .lake import the_lake


@dataclass(frozen=True, slots=True)
class Looked:
    """``source`` says what was found (columns, encoding, delimiter, sheet); its path may be gone."""

    source: Source
    guess: Guess


def look_at(path: Path, table: str, options: Options | None = None) -> Looked:
    """Find out how a file is written and propose a mapping. Raise a Refusal where it cannot be read."""
    options = options or Options()
    with TemporaryDirectory(prefix="look-") as folder:
        room_for(path.stat().st_size, Path(folder))
        source = open_source(examine(path, limits()), options, Path(folder), limits())
        return Looked(source, guess(source, table, options))


def preview_file(
    path: Path, mapping: Mapping, unit: Unit, *, by: Person | None, at: datetime, whole: bool = False
) -> Preview:
    """What an import of the first rows (or all) would load and leave out; nothing stays behind."""
    mapping = mapping.with_currency(unit.currency)
    fact = mapping.contract.kind == "fact"
    destination = Destination(
        unit_id=unit.pk,
        import_id=0,
        zones=zones_of(unit),
        dimensions=PublishedDimensions(unit, by, at),
        existing=the_lake().snapshot(mapping.table) if fact else None,
        latest=latest_day(unit, at),
    )
    with TemporaryDirectory(prefix="preview-") as folder:
        room_for(path.stat().st_size, Path(folder))
        source = open_source(examine(path, limits()), mapping.options, Path(folder), limits())
        return preview(source, mapping, destination, whole=whole)
