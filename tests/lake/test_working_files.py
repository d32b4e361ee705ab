"""An import keeps the working files that going on needs, and no others."""

import pytest

from remit.lake.actions import correct_row, replay_quarantine, run_import
from remit.lake.actions.care import tidy_folders
from remit.lake.enums import ImportState
from remit.lake.models import Import, QuarantinedRow
from remit.lake.places import folder_of
from tests.lake.company import AT, HEADER, Company, clock, line

pytestmark = pytest.mark.django_db


def away(*_args: object, **_options: object) -> None:
    raise OSError("The disk is away.")


def files_of(row: Import) -> list[str]:
    whole = folder_of(row)
    return sorted(path.name for path in whole.rglob("*") if path.is_file())


def test_an_import_that_failed_leaves_no_working_file(company: Company) -> None:
    started = company.start("day,order\r\n2024-01-01,A\n")  # uneven line ends: a copy is made
    row = run_import(import_id=started.row.pk, clock=clock)
    assert (row.state, folder_of(row).exists()) == (ImportState.FAILED, False)


def test_what_is_staged_keeps_only_what_the_loading_needs(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = company.start((HEADER + line(1) + line(2, "ten")).replace("\n", "\r\n", 1))
    with monkeypatch.context() as patch:
        patch.setattr("remit.lake.store.Lake.append", away)
        row = run_import(import_id=started.row.pk, clock=clock)
    assert (row.state, files_of(row)) == (ImportState.STAGED, ["good.parquet", "quarantine.parquet"])
    row = run_import(import_id=row.pk, clock=clock)
    assert (row.loaded, row.left_out, files_of(row)) == (1, 1, ["quarantine.parquet"])


def test_rows_put_right_that_cannot_follow_keep_the_quarantine_only(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = company.load(HEADER + line(1) + line(2, "ten"))
    correct_row(row=QuarantinedRow.objects.get(), cells={"amount": "10"}, by=None, at=AT)
    replay_quarantine(whole=row, by=None, at=AT)
    with monkeypatch.context() as patch:
        patch.setattr("remit.lake.actions.staging.stage", away)
        row = run_import(import_id=row.pk, clock=clock)
    assert (row.state, files_of(row)) == (ImportState.DONE, ["quarantine.parquet"])


def test_working_files_of_an_import_that_failed_long_ago_are_tidied_away(company: Company) -> None:
    row = run_import(import_id=company.start("day,order\n2024-01-01,A\n").row.pk, clock=clock)
    left = folder_of(row) / "1-abc"
    left.mkdir(parents=True)
    (left / "utf8.csv").write_text("x", encoding="utf-8")
    assert (tidy_folders(), folder_of(row).exists()) == (1, False)
