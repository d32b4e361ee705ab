"""Rows that were left out: corrected in place, loaded again, given up; and imports undone."""

from django.urls import reverse

from remit.jobs.models import Job, JobState
from remit.lake.enums import ImportState, RowState
from remit.lake.models import Import, QuarantinedRow
from tests.web.imports_desk import GOOD, HEADER, csv, fields, rows_in_the_lake, work

# -- rows left out ---------------------------------------------------------------------------------


def test_wrong_rows_are_shown_with_reasons_and_their_wrong_cells_as_fields(analyst, left_out):
    assert (left_out.loaded, left_out.left_out) == (10, 2)
    page = analyst.get("imports_quarantine", left_out.pk)
    assert "is not a day" in page
    first, second = QuarantinedRow.objects.order_by("line")
    found = {name: value for name, value in fields(page).items() if name.startswith("cell.")}
    assert found == {f"cell.{first.pk}.1": "2017-13-01", f"cell.{second.pk}.6": "five"}


def test_one_row_is_corrected_and_loaded_and_the_other_stays(analyst, left_out):
    first, second = QuarantinedRow.objects.order_by("line")
    data = {f"cell.{first.pk}.1": "2017-03-11", f"cell.{second.pk}.6": "6.00", "row": str(first.pk)}
    answer = analyst.client.post(reverse("imports_replay", args=[left_out.pk]), data)
    assert answer["Location"] == reverse("imports_page", args=[left_out.pk])
    row = work(left_out)
    assert (row.loaded, row.left_out, rows_in_the_lake()) == (11, 1, 11)
    assert QuarantinedRow.objects.get(pk=second.pk).state == RowState.OPEN


def test_all_corrected_rows_load_together(analyst, left_out):
    first, second = QuarantinedRow.objects.order_by("line")
    data = {f"cell.{first.pk}.1": "2017-03-11", f"cell.{second.pk}.6": "6.00"}
    analyst.client.post(reverse("imports_corrections", args=[left_out.pk]), data)
    assert "2 rows are corrected." in analyst.get("imports_quarantine", left_out.pk)
    analyst.client.post(reverse("imports_replay", args=[left_out.pk]))
    row = work(left_out)
    assert (row.loaded, row.left_out, rows_in_the_lake()) == (12, 0, 12)


def test_a_row_corrected_wrongly_comes_back_with_its_new_reason(analyst, left_out):
    first = QuarantinedRow.objects.order_by("line")[0]
    data = {f"cell.{first.pk}.1": "2017-02-30", "row": str(first.pk)}
    analyst.client.post(reverse("imports_replay", args=[left_out.pk]), data)
    work(left_out)
    assert "2017-02-30" in analyst.get("imports_quarantine", left_out.pk)


def test_loading_without_a_correction_says_what_to_do(analyst, left_out):
    answer = analyst.client.post(reverse("imports_replay", args=[left_out.pk]))
    assert answer.status_code == 422
    assert "Change a marked cell first." in answer.content.decode()


def test_rows_are_given_up_only_for_a_reason(analyst, left_out):
    first = QuarantinedRow.objects.order_by("line")[0]
    address = reverse("imports_discards", args=[left_out.pk])
    answer = analyst.client.post(address, {"ids": [first.pk], "reason": " "})
    assert (answer.status_code, "Say why" in answer.content.decode()) == (422, True)
    analyst.client.post(address, {"ids": [first.pk], "reason": "test of the till"})
    assert QuarantinedRow.objects.get(pk=first.pk).state == RowState.DROPPED
    assert "gave up 1 rows of till.csv: test of the till" in analyst.get("imports_page", left_out.pk)


def test_the_csv_of_wrong_rows_has_reasons_and_no_formulas(analyst):
    row = analyst.load(csv("=cmd(),2017-13-01,p1,c1,s1,1,5.00", GOOD[0]))
    answer = analyst.client.get(reverse("imports_quarantine_csv", args=[row.pk]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == f"Line no.,What is wrong,{HEADER}"
    assert lines[1].startswith("2,“Sold on”: “2017-13-01” is not a day.")
    assert lines[1].endswith(",'=cmd(),2017-13-01,p1,c1,s1,1,5.00")
    assert len(lines) == 2


# -- undo ------------------------------------------------------------------------------------------


def test_undo_says_how_many_rows_go_and_takes_them_out(analyst, left_out):
    page = analyst.get("imports_undo", left_out.pk)
    assert "10 rows leave “Order lines” of The Complete Journey (US)." in page
    assert rows_in_the_lake() == 10
    analyst.client.post(reverse("imports_undo", args=[left_out.pk]))
    assert rows_in_the_lake() == 0
    assert "none of its rows are in the table any more" in analyst.get("imports_page", left_out.pk)


def test_a_failed_import_can_be_undone_from_its_page(analyst, left_out):
    Import.objects.update(state=ImportState.FAILED, error=["壞了", "Broken"])
    address = reverse("imports_undo", args=[left_out.pk])
    page = analyst.get("imports_page", left_out.pk)
    assert (f'href="{address}"' in page, "Run it again" in page, "Broken" in page) == (True, True, True)
    assert "This import failed. Rows that it had loaded before" in analyst.get("imports_undo", left_out.pk)
    analyst.client.post(address)
    page = analyst.get("imports_page", left_out.pk)
    assert ("none of its rows are in the table" in page, "Broken" in page) == (True, False)
    assert rows_in_the_lake() == 0


def test_an_import_that_has_not_ended_says_what_makes_it_undoable(analyst, left_out):
    """The advice can be followed: the page of an import that stopped has the button that it speaks of."""
    Import.objects.update(state=ImportState.WAITING)
    Job.objects.update(state=JobState.FAILED)
    for refusal in (
        analyst.client.get(reverse("imports_undo", args=[left_out.pk])),
        analyst.client.post(reverse("imports_undo", args=[left_out.pk])),
    ):
        assert "run it again if it has stopped; then it can be undone" in refusal.content.decode()
    assert "Run it again" in analyst.get("imports_page", left_out.pk)
    work(left_out)
    analyst.client.post(reverse("imports_undo", args=[left_out.pk]))
    assert Import.objects.get(pk=left_out.pk).state == ImportState.UNDONE


def test_a_list_is_not_undone_and_says_what_to_do_instead(analyst):
    file_id = analyst.hand_in(b"code,name,department\np1,Rice,DRY\n")
    row = work(analyst.start(file_id, analyst.draft(file_id, "products")))
    assert row.state == ImportState.DONE, row.error
    assert "Undo this import" not in analyst.get("imports_page", row.pk)
    answer = analyst.client.post(reverse("imports_undo", args=[row.pk]))
    assert answer.status_code == 422
    assert "import a corrected one" in answer.content.decode()
