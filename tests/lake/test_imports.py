"""Imports from hand-in to record: once each, put right, sent again, taken back."""

import errno
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from remit.audit.models import Event
from remit.jobs.models import Job, JobState
from remit.lake.actions import (
    CannotUndo,
    ImportIsBusy,
    KeepsNoBooks,
    NoSuchColumn,
    NothingCorrected,
    RowIsSettled,
    compact_tables,
    correct_row,
    drop_rows,
    pin,
    replay_quarantine,
    run_import,
    save_mapping,
    start_import,
    undo_import,
    unpin,
    vacuum_tables,
)
from remit.lake.actions import staging as reading
from remit.lake.actions.care import tidy_folders
from remit.lake.enums import ImportState, RowState
from remit.lake.models import Import, MappingTemplate, Pinned, QuarantinedRow
from remit.lake.places import folder_of, quarantine_file
from remit.lake.queries import the_lake
from remit.lake.queries.files import look_at, preview_file
from remit.lake.reading.mapping import mapping_of, read_mapping
from remit.lake.tasks import run
from remit.org.models import Unit
from tests.lake.company import AT, CUSTOMERS, HEADER, MAPPING, Company, clock, line
from tests.lake.rows import table_rows

pytestmark = pytest.mark.django_db


def orders(columns: str = "order_code, net_sales") -> list[tuple[Any, ...]]:
    return table_rows(the_lake(), "order_lines", columns)


def counts(row: Import) -> tuple[int, int, int, int]:
    return (row.read, row.loaded, row.skipped, row.left_out)


def names_of_events() -> list[str]:
    return list(Event.objects.filter(name__startswith="lake.").order_by("id").values_list("name", flat=True))


def test_a_file_is_loaded_recorded_and_its_job_is_done(company: Company) -> None:
    row = company.load(HEADER + line(1) + line(2, "2.50"))
    assert (row.state, counts(row), row.version) == (ImportState.DONE, (2, 2, 0, 0), 1)
    assert orders("order_code, net_sales, currency, import_id, unit_id") == [
        ("A1", Decimal("10.0000"), "TWD", row.pk, company.unit.pk),
        ("A2", Decimal("2.5000"), "TWD", row.pk, company.unit.pk),
    ]
    assert names_of_events() == ["lake.import.started", "lake.import.loaded"]
    assert [(job.state, job.done, job.total) for job in Job.objects.all()] == [(JobState.DONE, 6, 6)]
    assert not list((company.folder.parent / "home" / "imports").glob("*/*"))


def test_codes_that_no_list_names_become_stubs_of_their_rooms(company: Company) -> None:
    company.load(HEADER + line(1) + line(2))
    assert table_rows(the_lake(), "customers", "code, age_group") == [("c1", None), ("c2", None)]
    assert table_rows(the_lake(), "products", "code") == [("p1",), ("p2",)]


def test_the_same_file_twice_changes_nothing_and_says_so(company: Company) -> None:
    first = company.load(HEADER + line(1))
    again = company.start(HEADER + line(1), name="copy.csv")
    assert (again.fresh, again.row.pk) == (False, first.pk)
    run_import(import_id=again.row.pk, clock=clock)
    assert (len(orders()), the_lake().snapshot("order_lines").version) == (1, 1)


def test_a_longer_copy_of_a_file_brings_only_what_is_new(company: Company) -> None:
    company.load(HEADER + line(1))
    row = company.load(HEADER + line(1) + line(2))
    assert counts(row) == (2, 1, 1, 0)
    assert orders("order_code") == [("A1",), ("A2",)]


def test_a_changed_row_of_a_known_key_is_left_out_with_the_import_that_brought_it(company: Company) -> None:
    first = company.load(HEADER + line(1))
    row = company.load(HEADER + line(1, "99"))
    assert counts(row) == (1, 0, 0, 1)
    assert QuarantinedRow.objects.get().reasons("en") == [
        f"This key (A1 · 1) is there from import {first.pk}, with different content."
    ]
    assert orders() == [("A1", Decimal("10.0000"))]


def test_two_companies_may_use_the_same_codes(company: Company) -> None:
    company.load(HEADER + line(1))
    other = Company(
        Unit.objects.add_root({"code": "other", "name": "x", "is_company": True, "currency": "USD"}),
        company.folder,
    )
    row = other.load(HEADER + line(1))
    assert counts(row) == (1, 1, 0, 0)
    assert len({customer for (customer,) in orders("customer_id")}) == 2


def test_a_row_put_right_is_loaded_by_a_replay_and_leaves_the_quarantine(company: Company) -> None:
    row = company.load(HEADER + line(1) + line(2, "ten") + line(3, "x"))
    assert counts(row) == (3, 1, 0, 2)
    ten, x = QuarantinedRow.objects.order_by("line")
    assert (ten.line, ten.reasons("zh-hant")) == (
        3,
        ["「銷售淨額」的「ten」不是數字，或位數太多。應寫成 1234.5。"],
    )
    correct_row(row=ten, cells={"amount": "10"}, by=None, at=AT)
    correct_row(row=x, cells={"amount": "?"}, by=None, at=AT)
    whole = run_import(import_id=replay_quarantine(whole=row, by=None, at=AT).pk, clock=clock)
    assert (whole.state, counts(whole), whole.attempt) == (ImportState.DONE, (3, 2, 0, 1), 2)
    assert orders() == [("A1", Decimal("10.0000")), ("A2", Decimal("10.0000"))]
    states = QuarantinedRow.objects.order_by("line").values_list("state", "problems__0__value")
    assert list(states) == [(RowState.LOADED, "ten"), (RowState.OPEN, "?")]
    with pytest.raises(RowIsSettled):
        correct_row(row=ten, cells={"amount": "11"}, by=None, at=AT)
    with pytest.raises(NothingCorrected):
        replay_quarantine(whole=row, by=None, at=AT)


def test_a_line_that_was_no_row_can_be_put_right_too(company: Company) -> None:
    row = company.load(HEADER + line(1) + "2024-01-02,A2,1\n")
    broken = QuarantinedRow.objects.get()
    assert broken.cells == ["2024-01-02", "A2", "1", None, None, None, None]
    correct_row(row=broken, cells={"amount": "3"}, by=None, at=AT)
    whole = run_import(import_id=replay_quarantine(whole=row, by=None, at=AT).pk, clock=clock)
    assert counts(whole) == (2, 2, 0, 0)


def test_a_correction_names_columns_of_the_file_and_waits_for_the_import(company: Company) -> None:
    row = company.load(HEADER + line(1) + line(2, "ten"))
    wrong = QuarantinedRow.objects.get()
    with pytest.raises(NoSuchColumn, match="The file has no column price"):
        correct_row(row=wrong, cells={"price": "1"}, by=None, at=AT)
    Import.objects.update(state=ImportState.STAGED)
    with pytest.raises(ImportIsBusy):
        correct_row(row=wrong, cells={"amount": "1"}, by=None, at=AT)
    with pytest.raises(ImportIsBusy):
        replay_quarantine(whole=row, by=None, at=AT)


def test_rows_given_up_stay_out(company: Company) -> None:
    row = company.load(HEADER + line(1) + line(2, "ten"))
    wrong = QuarantinedRow.objects.get()
    assert drop_rows(whole=row, ids=[wrong.pk], by=None, at=AT) == 1
    assert drop_rows(whole=row, ids=[wrong.pk], by=None, at=AT) == 0
    wrong.refresh_from_db()
    assert wrong.state == RowState.DROPPED


def test_only_the_first_thousand_wrong_rows_become_rows_of_the_database(company: Company) -> None:
    row = company.load(HEADER + "".join(line(number, "ten") for number in range(1_200)))
    assert (counts(row), QuarantinedRow.objects.count()) == ((1_200, 0, 0, 1_200), 1_000)
    assert list(QuarantinedRow.objects.order_by("line").values_list("line", flat=True)[:2]) == [2, 3]


def test_an_import_taken_back_leaves_no_row_and_can_come_again(company: Company) -> None:
    kept = company.load(HEADER + line(9), name="other.csv")
    row = company.load(HEADER + line(1) + line(2) + line(3, "x"))
    assert undo_import(whole=row, by=None, at=AT) == 2
    assert undo_import(whole=row, by=None, at=AT) == 0
    assert orders("order_code, import_id") == [("A9", kept.pk)]
    assert QuarantinedRow.objects.count() == 0
    again = company.start(HEADER + line(1) + line(2) + line(3, "x"))
    assert (again.fresh, again.row.pk, again.row.attempt) == (True, row.pk, 2)
    whole = run_import(import_id=row.pk, clock=clock)
    assert (whole.state, counts(whole)) == (ImportState.DONE, (3, 2, 0, 1))
    assert orders("order_code") == [("A1",), ("A2",), ("A9",)]


def test_an_undo_that_stopped_halfway_goes_on(company: Company) -> None:
    row = company.load(HEADER + line(1))
    Import.objects.update(state=ImportState.UNDOING)
    the_lake().delete("order_lines", row.pk)
    assert undo_import(whole=row, by=None, at=AT) == 0
    row.refresh_from_db()
    assert row.state == ImportState.UNDONE


def test_a_failed_import_is_taken_back_with_whatever_it_had_loaded(company: Company) -> None:
    """A file can fail after its rows were in the table: nothing of it stays, and it can come again."""
    row = company.load(HEADER + line(1) + line(2))
    Import.objects.update(state=ImportState.FAILED, error=["壞了", "Broken"])
    assert undo_import(whole=row, by=None, at=AT) == 2
    row.refresh_from_db()
    assert (row.state, row.error, orders("order_code")) == (ImportState.UNDONE, [], [])
    nothing = company.load("day,order\n2024-01-01,A\n")
    assert nothing.state == ImportState.FAILED
    assert undo_import(whole=nothing, by=None, at=AT) == 0
    again = company.start(HEADER + line(1) + line(2)).row
    assert counts(run_import(import_id=again.pk, clock=clock)) == (2, 2, 0, 0)
    assert orders("order_code") == [("A1",), ("A2",)]


def test_what_has_not_ended_cannot_be_taken_back_and_lists_never(company: Company) -> None:
    started = company.start(HEADER + line(1))
    with pytest.raises(CannotUndo, match=r"has not ended\. Wait until it has, or run it again"):
        undo_import(whole=started.row, by=None, at=AT)
    people = company.load("code,age\nc1,30-39\n", CUSTOMERS)
    with pytest.raises(CannotUndo, match="import a corrected one"):
        undo_import(whole=people, by=None, at=AT)


def test_a_list_goes_through_its_room_into_the_lake(company: Company) -> None:
    row = company.load("code,age\nc1,30-39\nc2,\n", CUSTOMERS)
    assert (row.state, counts(row)) == (ImportState.DONE, (2, 2, 0, 0))
    assert table_rows(the_lake(), "customers", "code, age_group") == [("c1", "30-39"), ("c2", None)]


def test_a_file_that_cannot_be_read_fails_with_the_reason_and_can_be_handed_in_again(
    company: Company,
) -> None:
    row = company.load("day,order\n2024-01-01,A\n")
    assert row.state == ImportState.FAILED
    assert row.error_text("en").startswith(
        "The file lacks these columns: amount, customer, line, product, qty."
    )
    assert row.error_text("zh-hant").startswith("檔案裡找不到這些欄：")
    assert Job.objects.get().state == JobState.FAILED
    assert company.start("day,order\n2024-01-01,A\n").fresh


def test_a_file_that_changed_after_it_was_handed_in_is_not_loaded(company: Company) -> None:
    started = company.start(HEADER + line(1))
    company.file(HEADER + line(2))
    row = run_import(import_id=started.row.pk, clock=clock)
    assert row.error_text("en") == ("The file sales.csv has changed since it was handed in. Import it again.")
    assert orders() == []


def test_a_file_that_is_gone_fails_in_a_sentence(company: Company) -> None:
    started = company.start(HEADER + line(1))
    (company.folder / "sales.csv").unlink()
    row = run_import(import_id=started.row.pk, clock=clock)
    assert row.error_text("en").endswith("is not there any more. Put it back, or import it again.")


def test_an_import_between_two_others_sees_what_the_first_one_brought(company: Company) -> None:
    """The second is checked, then the first commits: the second is checked again."""
    first, second = company.start(HEADER + line(1)), company.start(HEADER + line(1) + line(2), name="2.csv")

    def overtake(step: str, done: int) -> None:
        if step == "loading" and first.row.pk:
            number, first.row.pk = first.row.pk, None
            run_import(import_id=number, clock=clock)

    row = run_import(import_id=second.row.pk, clock=clock, report=overtake)
    assert (row.state, counts(row)) == (ImportState.DONE, (2, 1, 1, 0))
    assert orders("order_code") == [("A1",), ("A2",)]


def test_facts_of_a_unit_without_books_are_refused(company: Company) -> None:
    shop = Unit.objects.add_child(company.unit, {"code": "shop", "name": "店"})
    with pytest.raises(KeepsNoBooks):
        start_import(
            mapping=read_mapping(MAPPING), unit=shop, path=company.file(HEADER + line(1)), by=None, at=AT
        )


def test_the_background_task_runs_an_import(company: Company) -> None:
    assert run.call(company.start(HEADER + line(1)).row.pk) == "done"
    assert orders("order_code") == [("A1",)]


def test_a_preview_leaves_nothing_behind(company: Company) -> None:
    path = company.file(HEADER + line(1) + line(2, "x"))
    shown = preview_file(path, read_mapping(MAPPING + "currency: TWD\n"), company.unit, by=None, at=AT)
    assert (shown.staged.good, shown.staged.left_out) == (1, 1)
    assert shown.new_codes == {"customers": 1, "products": 1}
    assert (Import.objects.count(), the_lake().snapshot("customers").version, orders()) == (0, -1, [])


def test_a_mapping_is_guessed_from_chinese_headers(company: Company) -> None:
    path = company.file('銷售日期,訂單編號,會員編號,商品編號,数量,金額\n2024/01/31,A,c,p,1,"1,234"\n')
    looked = look_at(path, "order_lines")
    assert {target: rule.source for target, rule in looked.guess.mapping.columns.items()} == {
        "customer_id": "會員編號",
        "product_id": "商品編號",
        "order_code": "訂單編號",
        "line_code": "商品編號",
        "sold_on": "銷售日期",
        "quantity": "数量",
        "net_sales": "金額",
    }
    assert looked.guess.mapping.columns["net_sales"].thousands == ","
    assert [column.name for column in looked.guess.missing] == ["currency"]


def test_a_mapping_is_kept_under_a_name_and_replaced_under_the_same(company: Company) -> None:
    save_mapping(unit=company.unit, name="till", mapping=read_mapping(MAPPING), by=None, at=AT)
    other = read_mapping(MAPPING + "zone: UTC\n")
    save_mapping(unit=company.unit, name="till", mapping=other, by=None, at=AT)
    assert mapping_of(MappingTemplate.objects.get().mapping) == other


def test_care_of_the_tables_keeps_pinned_versions_and_every_row(company: Company) -> None:
    for number in range(3):
        company.load(HEADER + line(number), name=f"{number}.csv")
    version = the_lake().snapshot("order_lines").version
    pin(table="order_lines", version=version, holder="test", at=AT, until=AT + timedelta(hours=1))
    assert compact_tables(at=AT)["order_lines"] == (3, 1)
    assert "order_lines" not in vacuum_tables(at=AT, retention_hours=0)
    unpin(table="order_lines", version=version, holder="test", at=AT)
    assert vacuum_tables(at=AT, retention_hours=0)["order_lines"] == 3
    assert (Pinned.objects.count(), orders("order_code")) == (0, [("A0",), ("A1",), ("A2",)])


def test_a_replay_that_cannot_be_read_leaves_what_was_loaded(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = company.load(HEADER + line(1) + line(2, "ten"))
    correct_row(row=QuarantinedRow.objects.get(), cells={"amount": "10"}, by=None, at=AT)
    whole = replay_quarantine(whole=row, by=None, at=AT)
    monkeypatch.setattr(reading, "corrected_rows", _disk_is_full)
    whole = run_import(import_id=whole.pk, clock=clock)
    assert (whole.state, counts(whole)) == (ImportState.DONE, (2, 1, 0, 1))
    assert whole.error_text("en") == "The disk is full; nothing was loaded. Free some space and run it again."
    monkeypatch.undo()
    whole = run_import(import_id=replay_quarantine(whole=row, by=None, at=AT).pk, clock=clock)
    assert (counts(whole), whole.error_text("en"), whole.attempt) == ((2, 2, 0, 0), "", 3)


def _disk_is_full(*args: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_working_files_of_ended_imports_go_and_the_quarantine_stays(company: Company) -> None:
    row = company.load(HEADER + line(1) + line(2, "ten"))
    left = folder_of(row) / "1-dead"
    left.mkdir(parents=True)
    kept = quarantine_file(row)
    assert (tidy_folders(), left.exists(), kept and kept.exists()) == (1, False, True)
