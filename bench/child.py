"""What is measured, each in a process of its own: ``python -m bench.child WHAT …`` ends with a line of JSON.

Memory is then that of the work alone, and a home is chosen by the environment before settings are read.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import django


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("what", choices=sorted(WORK))
    words.add_argument("--file", type=Path)
    words.add_argument("--out", type=Path)
    words.add_argument("--scale", type=int, default=1)
    words.add_argument("--rounds", type=int, default=5)
    wanted = words.parse_args()
    print(json.dumps(WORK[wanted.what](wanted)), flush=True)
    sys.exit(0)


def duckdb_writes_parquet(wanted: argparse.Namespace) -> dict[str, object]:
    """The measure of an import: DuckDB reads the CSV, finds its types and writes Parquet."""
    import duckdb

    with duckdb.connect() as connection:
        began = time.perf_counter()
        connection.execute(f"COPY (FROM read_csv('{wanted.file}')) TO '{wanted.out}' (FORMAT parquet)")
        return {"seconds": time.perf_counter() - began}


def import_lines(wanted: argparse.Namespace) -> dict[str, object]:
    """The import as the worker runs it: hash, read, type, resolve codes, check keys, commit, record."""
    django.setup()
    from django.utils import timezone

    from remit.demo.steps import STEPS
    from remit.lake.actions import run_import, start_import
    from remit.lake.reading.mapping import read_mapping
    from remit.org.models import Unit

    step = next(step for step in STEPS if step.name == "journey_order_lines")
    mapping = read_mapping(step.mapping)
    unit = Unit.objects.get(code="journey")
    began = time.perf_counter()
    started = start_import(mapping=mapping, unit=unit, by=None, at=timezone.now(), path=wanted.file)
    done = run_import(import_id=started.row.pk, clock=timezone.now)
    seconds = time.perf_counter() - began
    if done.state != "done":
        raise SystemExit(f"The import did not end well: {done.error}")
    return {"seconds": seconds, "loaded": done.loaded, "left_out": done.left_out}


def lists(_wanted: argparse.Namespace) -> dict[str, object]:
    """People, outlets, products and households of the demonstration; no order lines."""
    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from remit.demo import cast
    from remit.demo.actions.loading import load_step
    from remit.demo.actions.organisation import set_up_organisation
    from remit.demo.steps import STEPS
    from remit.org.models import Person

    set_up_organisation(at=timezone.now())
    by = Person.objects.get(email=cast.ADMINISTRATOR)
    for step in STEPS:
        if step.name in ("journey_outlets", "journey_products", "journey_customers"):
            folder = Path(settings.HOME) / "demo"
            load_step(step=step, folder=folder, by=by, clock=timezone.now, report=lambda _w, _d: None)
    return {}


def figures(wanted: argparse.Namespace) -> dict[str, object]:
    """Each metric, and a board, beside SQL."""
    django.setup()
    from .figures import measured

    return measured(wanted.scale, wanted.rounds)


def rollups(_wanted: argparse.Namespace) -> dict[str, object]:
    """Bring the pre-aggregates of the home up to date, as the worker does after an import."""
    django.setup()
    from remit.lake.queries import the_lake
    from remit.metrics.engine.rollup_build import refresh_all

    began = time.perf_counter()
    refresh_all(the_lake())
    return {"seconds": time.perf_counter() - began}


def visitor(_wanted: argparse.Namespace) -> dict[str, object]:
    """Somebody logged in, and the address of a board with twelve tiles."""
    django.setup()
    from .visiting import prepared

    return prepared()


def write_key(_wanted: argparse.Namespace) -> dict[str, object]:
    """A key to send events with."""
    django.setup()
    from .collecting import write_key as made

    return made()


def drain(_wanted: argparse.Namespace) -> dict[str, object]:
    """The inbox into the lake."""
    django.setup()
    from .collecting import drain as done

    return done()


def drain_ever(_wanted: argparse.Namespace) -> dict[str, object]:
    """The same again and again, by children that are killed."""
    django.setup()
    from .collecting import drain_ever as done

    return done()


def drained(_wanted: argparse.Namespace) -> dict[str, object]:
    """What the lake holds."""
    django.setup()
    from .collecting import drained as found

    return found()


def duties_home(_wanted: argparse.Namespace) -> dict[str, object]:
    """The large department of ``bench.duties``."""
    django.setup()
    from .department import made

    return made()


def duties(_wanted: argparse.Namespace) -> dict[str, object]:
    """Findings, generation and projection of the large department."""
    django.setup()
    from .department import thought

    return thought()


def duties_visitors(_wanted: argparse.Namespace) -> dict[str, object]:
    """Its people logged in, and the addresses of their pages."""
    django.setup()
    from .department import visitors

    return visitors()


def governed_home(_wanted: argparse.Namespace) -> dict[str, object]:
    """The plans, requests and money of ``bench.governed``."""
    django.setup()
    from .planned import made

    return made()


def governed_visitors(_wanted: argparse.Namespace) -> dict[str, object]:
    """Its people logged in, and the addresses of their pages."""
    django.setup()
    from .planned import visitors

    return visitors()


WORK = {
    "drain": drain,
    "drain_ever": drain_ever,
    "drained": drained,
    "duckdb": duckdb_writes_parquet,
    "duties": duties,
    "duties_home": duties_home,
    "duties_visitors": duties_visitors,
    "figures": figures,
    "governed_home": governed_home,
    "governed_visitors": governed_visitors,
    "import": import_lines,
    "lists": lists,
    "rollups": rollups,
    "visitor": visitor,
    "write_key": write_key,
}

if __name__ == "__main__":
    main()
