"""Import pages: from a file to figures, for those who may, without JavaScript."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from remit.lake.enums import ImportState
from remit.lake.models import Import, MappingTemplate, QuarantinedRow
from remit.lake.queries import the_lake
from remit.lake.tables import TABLES
from remit.org.models import Unit
from tests.lake.rows import table_rows
from tests.web.imports_desk import GOOD, WRONG_AMOUNT, WRONG_DAY, Desk, csv, fields, rows_in_the_lake, work

# -- the way in ------------------------------------------------------------------------------------


def test_a_file_goes_from_upload_to_rows_in_the_table(analyst):
    file_id = analyst.hand_in(csv(*GOOD))
    assert "most likely" in analyst.get("imports_table", file_id)
    draft = analyst.draft(file_id)
    page = analyst.get("imports_preview", file_id, m=draft)
    assert "the whole file" in page
    row = analyst.start(file_id, draft)
    assert row.state == ImportState.WAITING
    assert "waiting for its turn" in analyst.get("imports_page", row.pk)
    row = work(row)
    assert (row.state, row.read, row.loaded, row.left_out) == (ImportState.DONE, 10, 10, 0)
    assert rows_in_the_lake() == 10
    page = analyst.get("imports_page", row.pk)
    assert "figures/explore?metric=net_sales" in page
    assert "till.csv" in analyst.get("imports_list")


def test_the_likeliest_table_comes_first(analyst):
    file_id = analyst.hand_in(b"code,name,department,brand\np1,Rice,DRY,Own\n")
    page = analyst.get("imports_table", file_id)
    links = re.findall(r"mapping\?table=(\w+)", page)
    assert links[0] == "products"
    assert sorted(links) == sorted(name for name, table in TABLES.items() if table.imported)


def test_the_mapping_page_shows_meaning_samples_and_what_is_required(analyst):
    page = analyst.get("imports_mapping", analyst.hand_in(csv(*GOOD)), table="order_lines")
    row = re.search(r'<tr[^>]*>\s*<td class="lead-cell"><label for="o-net_sales">.*?</tr>', page, re.S)[0]
    assert "required" in row
    assert "What the company received" in row
    assert "<li>1.50</li>" in row
    assert 'value="from:amount" selected' in row


def test_a_mapping_without_a_required_column_is_refused_on_its_page(analyst):
    file_id = analyst.hand_in(csv(*GOOD))
    data = analyst.form(file_id) | {"net_sales.origin": ""}
    answer = analyst.client.post(reverse("imports_mapping", args=[file_id]) + "?table=order_lines", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "These required columns are not mapped: net_sales." in page
    assert fields(page)["order_code.origin"] == "from:basket"


def test_a_preview_marks_what_is_wrong_in_its_place_and_leaves_nothing_behind(analyst):
    file_id = analyst.hand_in(csv(GOOD[0], WRONG_DAY, GOOD[1]))
    page = analyst.get("imports_preview", file_id, m=analyst.draft(file_id))
    lines = re.findall(r'<th scope="row" class="number">(\d+)</th>', page)
    assert lines == ["2", "3", "4"]
    assert re.search(r'<td class="is-wrong">2017-13-01<span class="sub">[^<]*is not a day', page)
    assert (Import.objects.count(), rows_in_the_lake()) == (0, 0)


def test_values_of_the_file_are_put_in_place_of_others(analyst):
    file_id = analyst.hand_in(csv(GOOD[0], "b2,2017-03-02,p1,c1,s1,none,5.00"))
    draft = analyst.draft(file_id, **{"quantity.values": "none →"})
    row = work(analyst.start(file_id, draft))
    assert (row.loaded, row.left_out) == (2, 0)


def test_times_that_state_their_offset_are_that_moment_by_the_browser_too(analyst):
    lines = ("b1,2018-06-01T02:30:00Z,p1,c1,s1,1,2.00", "b2,2018-06-01T12:00:00Z,p1,c1,s1,1,2.00")
    file_id = analyst.hand_in(csv(*lines))
    page = analyst.get("imports_preview", file_id, m=analyst.draft(file_id))
    assert re.findall(r"<th [^>]*>([^<]+) <span[^>]*>UTC</span></th>", page) == ["Sold at"]
    assert page.count("2018-06-01 02:30:00") == 1
    row = work(analyst.start(file_id, analyst.draft(file_id)))
    assert row.loaded == 2
    assert table_rows(the_lake(), "order_lines", "sold_on, sold_hour") == [
        (date(2018, 5, 31), 22),  # New York
        (date(2018, 6, 1), 8),
    ]


def test_a_kept_mapping_is_offered_for_the_next_file_that_it_fits(analyst):
    file_id = analyst.hand_in(csv(*GOOD[:5]))
    analyst.start(file_id, analyst.draft(file_id), keep_as="Till, monthly")
    assert MappingTemplate.objects.get().name == "Till, monthly"
    page = analyst.get("imports_table", analyst.hand_in(csv(*GOOD[5:])))
    link = re.search(r'href="(/imports/files/\d+/preview\?m=[^"]*)"><b>Till, monthly</b>', page)
    assert analyst.client.get(link[1]).status_code == 200
    page = analyst.get("imports_table", analyst.hand_in(b"a,b\n1,2\n"))
    assert "The file lacks: amount, basket, customer, day, product" in page


def test_the_same_file_again_says_so_and_loads_nothing(analyst):
    first = analyst.load(csv(*GOOD))
    file_id = analyst.hand_in(csv(*GOOD))
    assert f'href="/imports/{first.pk}"' in analyst.get("imports_table", file_id)
    again = analyst.start(file_id, analyst.draft(file_id))
    assert again.pk == first.pk
    assert "nothing was loaded a second time" in analyst.get("imports_page", first.pk, again="1")
    assert rows_in_the_lake() == 10


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("cut.parquet", b"PAR1 and nothing more", "is cut off or damaged"),
        ("empty.csv", b" \n\n", "nothing but blanks"),
        ("wide.csv", b",".join(b"c%d" % n for n in range(10_000)) + b"\n", "at most 2,000 are taken"),
        ("book.pdf", b"%PDF-1.7", "is a PDF file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(analyst, name, content, sentence):
    file_id = analyst.hand_in(content, name)
    answer = analyst.client.get(reverse("imports_table", args=[file_id]))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_file_above_the_limit_is_refused_with_the_limit(analyst, settings):
    settings.FILE_UPLOAD_MAX_BYTES = 1000
    data = {"file": SimpleUploadedFile("big.csv", b"x" * 2000), "unit": Unit.objects.get(code="journey").pk}
    answer = analyst.client.post(reverse("imports_upload"), data)
    assert answer.status_code == 422
    assert "big.csv is larger than" in answer.content.decode()


def test_an_address_whose_mapping_was_cut_off_leads_back_to_the_tables(analyst):
    file_id = analyst.hand_in(csv(*GOOD))
    answer = analyst.client.get(reverse("imports_preview", args=[file_id]), {"m": "eJyrV"})
    assert answer["Location"] == reverse("imports_table", args=[file_id])


# -- who may ---------------------------------------------------------------------------------------


def test_another_companys_import_and_file_do_not_exist(desk, analyst, left_out):
    other = desk("tafeng")
    file_id = left_out.file.pk
    row = QuarantinedRow.objects.order_by("line")[0]
    addresses = [
        reverse("imports_table", args=[file_id]),
        reverse("imports_mapping", args=[file_id]),
        reverse("imports_preview", args=[file_id]),
        reverse("files_content", args=[file_id]),
        *(
            reverse(name, args=[left_out.pk])
            for name in ("imports_page", "imports_quarantine", "imports_quarantine_csv", "imports_undo")
        ),
        reverse("imports_row", args=[left_out.pk, row.pk]),
    ]
    assert [other.client.get(address).status_code for address in addresses] == [404] * len(addresses)
    posts = [reverse("imports_start", args=[file_id])]
    posts += [
        reverse(name, args=[left_out.pk])
        for name in (
            "imports_undo",
            "imports_run",
            "imports_replay",
            "imports_corrections",
            "imports_discards",
        )
    ]
    assert [other.client.post(address).status_code for address in posts] == [404] * len(posts)
    assert rows_in_the_lake() == 10


def test_whoever_may_not_import_is_told_so(desk):
    answer = desk("brand").client.get(reverse("imports_list"))
    assert answer.status_code == 403
    assert "Import data" in answer.content.decode()


def test_a_colleague_of_the_company_goes_on_with_the_file(desk, analyst):
    file_id = analyst.hand_in(csv(*GOOD))
    colleague = desk("digital")
    work(colleague.start(file_id, colleague.draft(file_id)))
    assert rows_in_the_lake() == 10


def test_what_was_found_about_the_days_is_said_once(analyst):
    file_id = analyst.hand_in(csv(GOOD[0], "b11,31/13/2017,p1,c1,s1,1,5.00"))
    draft = analyst.draft(file_id)
    assert analyst.get("imports_preview", file_id, m=draft).count("reads 1 of 2 rows") == 1
    row = work(analyst.start(file_id, draft))
    assert analyst.get("imports_page", row.pk).count("reads 1 of 2 rows") == 1


def test_a_till_with_day_and_time_in_two_columns_is_loaded_as_guessed(analyst):
    content = csv(*GOOD).decode().replace("day,", "date,time,").replace(",p", ",10:05,p").encode()
    file_id = analyst.hand_in(content.replace(b"10:05,product", b"product"))
    assert "Sold at is put together from date and time." in analyst.get(
        "imports_mapping", file_id, table="order_lines"
    )
    row = work(analyst.start(file_id, analyst.draft(file_id)))
    assert (row.loaded, row.left_out, row.mapping["columns"]["sold_at"]) == (
        10, 0, {"join": ["date", "time"], "between": " "},
    )  # fmt: skip


def test_one_column_is_one_column(analyst):
    page = analyst.get("imports_table", analyst.hand_in(b"basket\nA\nB\n"))
    assert ("1 column recognised" in page, "1 columns" in page, "1 column" in page) == (True, False, True)


def test_a_damaged_file_is_refused_with_its_line(analyst):
    content = csv(*GOOD, "b11,2017-03-11,鮮奶優酪乳,c1,s1,1,5.00", "b12,2017-03-11,衛生紙,c1,s1,1,5.00")
    file_id = analyst.hand_in(content.replace("奶".encode(), b"\xff"))
    answer = analyst.client.get(reverse("imports_table", args=[file_id]))
    assert answer.status_code == 422
    assert "The file is UTF-8, but damaged on line 12" in answer.content.decode()


# -- progress and queries --------------------------------------------------------------------------


def test_progress_is_asked_for_until_the_import_is_done(analyst):
    file_id = analyst.hand_in(csv(*GOOD))
    row = analyst.start(file_id, analyst.draft(file_id))
    address = reverse("imports_page", args=[row.pk])
    waiting = analyst.client.get(address, {"part": "progress"})
    assert "hx-get" in waiting.content.decode()
    assert "HX-Refresh" not in waiting
    work(row)
    assert analyst.client.get(address, {"part": "progress"})["HX-Refresh"] == "true"
    assert analyst.client.get(reverse("imports_list"), {"part": "running"})["HX-Refresh"] == "true"


def test_an_import_that_failed_says_why_and_runs_again(analyst, tmp_path):
    file_id = analyst.hand_in(csv(*GOOD))
    row = analyst.start(file_id, analyst.draft(file_id))
    content = tmp_path / "files" / row.sha256[:2] / row.sha256
    content.rename(tmp_path / "away")
    assert work(row).state == ImportState.FAILED
    assert "Run it again" in analyst.get("imports_page", row.pk)
    (tmp_path / "away").rename(content)
    answer = analyst.client.post(reverse("imports_run", args=[row.pk]))
    assert answer.status_code == 302
    assert (work(row).state, rows_in_the_lake()) == (ImportState.DONE, 10)


def queries(desk: Desk, name: str, *args: object) -> int:
    desk.get(name, *args)
    with CaptureQueriesContext(connection) as seen:
        desk.get(name, *args)
    return len(seen)


def test_lists_ask_the_same_number_of_questions_at_one_row_and_at_three(analyst):
    analyst.load(csv(GOOD[0]))
    once = queries(analyst, "imports_list")
    analyst.load(csv(GOOD[1]))
    analyst.load(csv(GOOD[2]))
    assert (once, queries(analyst, "imports_list")) == (9, 9)


def test_the_quarantine_asks_the_same_number_of_questions_at_one_row_and_at_three(analyst):
    one = analyst.load(csv(GOOD[0], WRONG_DAY))
    three = analyst.load(csv(GOOD[1], WRONG_DAY, WRONG_AMOUNT, "b13,2017-99-01,p1,c1,s1,1,1"))
    counts = [queries(analyst, "imports_quarantine", each.pk) for each in (one, three)]
    assert counts == [9, 9]
