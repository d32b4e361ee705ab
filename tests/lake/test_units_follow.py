from datetime import UTC, datetime

import pytest

from remit.audit.actions.delivery import deliver_due
from remit.lake.actions.organisation import publish_units
from remit.lake.queries import the_lake
from remit.org.actions import add_unit, change_unit

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def _open_names() -> list[str]:
    import duckdb

    files = list(the_lake().snapshot("units").files)
    found = duckdb.sql(
        f"select name from read_parquet({files}) where valid_to = date '9999-12-31' order by name"
    )
    return [name for (name,) in found.fetchall()]


def test_a_unit_that_is_renamed_is_called_by_its_new_name_in_figures(settings, tmp_path):
    settings.LAKE_URL = str(tmp_path / "lake")
    unit = add_unit(parent=None, code="acme", name="Acme", is_company=True, currency="TWD", by=None, at=AT)
    publish_units(at=AT)
    assert _open_names() == ["Acme"]
    change_unit(unit=unit, name="Apex", by=None, at=AT)
    deliver_due(at=AT)
    assert _open_names() == ["Apex"]
