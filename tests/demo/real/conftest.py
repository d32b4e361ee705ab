"""The demonstration on its real data, loaded once for all tests that read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from remit.audit import guard
from remit.demo import cast
from remit.demo.actions.loading import load_step
from remit.demo.actions.organisation import set_up_organisation
from remit.demo.preparation import prepared
from remit.demo.sources import clickstream_file, journey_file
from remit.demo.steps import STEPS, Step
from remit.lake.queries import the_lake
from remit.org.models import Person

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
JOURNEY_FILES = (
    "transactions",
    "products",
    "demographics",
    "campaigns",
    "campaign_descriptions",
    "coupons",
    "coupon_redemptions",
)
LAKE_TABLES = (
    "order_lines",
    "exposures",
    "redemptions",
    "coupons",
    "products",
    "customers",
    "outlets",
    "campaigns",
    "events",
)


@dataclass
class Demonstration:
    """``sql`` sees the packages' files under their names, and the lake's tables as ``lake_…``."""

    folder: Path
    con: duckdb.DuckDBPyConnection

    def load(self, step: Step) -> bool:
        """Whether the step had to run."""
        by = Person.objects.get(email=cast.ADMINISTRATOR)
        _row, fresh = load_step(
            step=step, folder=self.folder, by=by, clock=lambda: AT, report=lambda word, done: None
        )
        return fresh

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        return self.con.execute(text).fetchall()


@pytest.fixture(scope="package")
def demonstration(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Demonstration]:
    """Everything that ``remit demo`` loads, committed; all tables are emptied after the folder.

    Its tests are marked ``django_db``, so that what one of them writes is rolled back.
    """
    home = tmp_path_factory.mktemp("demonstration")
    with (
        override_settings(HOME=home, LAKE_URL=str(home / "lake")),
        duckdb.connect(config={"threads": 2}) as con,
    ):
        con.execute("SET TimeZone = 'UTC'")
        demonstration = Demonstration(home / "demo", con)
        with django_db_blocker.unblock():
            set_up_organisation(at=AT)
            for step in STEPS:
                if not step.optional:
                    demonstration.load(step)
            _views(con, home / "demo")
        yield demonstration
        with django_db_blocker.unblock():
            guard.remove(connection)
            call_command("flush", interactive=False, verbosity=0)


def _views(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for name in JOURNEY_FILES:
        con.execute(f"CREATE VIEW {name} AS FROM read_parquet('{journey_file(name)}')")
    con.execute(f"CREATE VIEW clicks AS FROM read_csv('{clickstream_file()}', header = true)")
    source = prepared("tafeng_order_lines.csv", folder)
    con.execute(f"CREATE VIEW tafeng AS FROM read_csv('{source}', all_varchar = true, header = true)")
    for name in LAKE_TABLES:
        con.execute(f"CREATE VIEW lake_{name} AS {the_lake().snapshot(name).sql()}")
