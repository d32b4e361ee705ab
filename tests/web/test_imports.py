"""Import pages: from a file to figures and back, for those who may, without JavaScript."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from remit.demo.actions.organisation import set_up_organisation
from remit.lake import tasks
from remit.lake.enums import ImportState, RowState
from remit.lake.models import Import, MappingTemplate, QuarantinedRow
from remit.lake.queries import the_lake
from remit.lake.tables import TABLES
from remit.org.models import Person, Unit

GOOD = [f"b{n},2017-03-{n:02d},p{n % 3},c{n % 4},s1,{n},{n}.50" for n in range(1, 11)]
HEADER = "basket,day,product,customer,store,qty,amount"
WRONG_DAY = "b11,2017-13-01,p1,c1,s1,1,5.00"
WRONG_AMOUNT = "b12,2017-03-12,p1,c1,s1,1,five"


def csv(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines)).encode() + b"\n"


@dataclass
class Desk:
    """Somebody at the import pages."""

    client: Client

    def get(self, name: str, *args: object, **query: str) -> str:
        answer = self.client.get(reverse(name, args=args), query)
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()

    def hand_in(self, content: bytes, name: str = "till.csv", unit: str = "journey") -> int:
        """Upload; return the file's number."""
        data = {"file": SimpleUploadedFile(name, content), "unit": Unit.objects.get(code=unit).pk}
        answer = self.client.post(reverse("imports_upload"), data)
        assert answer.status_code == 302, notes(answer)
        return int(re.search(r"files/(\d+)", answer["Location"])[1])

    def form(self, file_id: int, table: str = "order_lines") -> dict[str, str]:
        """The mapping page's form as the browser would send it."""
        return fields(self.get("imports_mapping", file_id, table=table))

    def draft(self, file_id: int, table: str = "order_lines", **changes: str) -> str:
        """Send the mapping; return what the preview's address carries."""
        data = self.form(file_id, table) | changes
        answer = self.client.post(reverse("imports_mapping", args=[file_id]) + f"?table={table}", data)
        assert answer.status_code == 302, notes(answer)
        return parse_qs(urlsplit(answer["Location"]).query)["m"][0]

    def start(self, file_id: int, draft: str, **more: str) -> Import:
        answer = self.client.post(reverse("imports_start", args=[file_id]), {"m": draft, **more})
        assert answer.status_code == 302, notes(answer)
        return Import.objects.get(pk=int(re.search(r"imports/(\d+)", answer["Location"])[1]))

    def load(self, content: bytes) -> Import:
        """The whole way to a finished import."""
        file_id = self.hand_in(content)
        row = self.start(file_id, self.draft(file_id))
        return work(row)


def notes(answer: object) -> list[str]:
    """What a refused page says, for whoever reads a failed test."""
    return re.findall(r"<div class=\"note note-bad.*?</div></div>", answer.content.decode(), re.S)  # type: ignore[attr-defined]  # a response


def work(row: Import) -> Import:
    """What the worker would do."""
    tasks.run.call(row.pk)
    return Import.objects.get(pk=row.pk)


def fields(page: str) -> dict[str, str]:
    """Names and values of a page's inputs, chosen options and text areas."""
    main = page[page.index("<main") :]
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", main):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (not re.search(r'type="(radio|checkbox)"', tag) or "checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, body in re.findall(r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'value="([^"]*)"[^>]* selected', body) or re.search(r'value="([^"]*)"', body)
        found[name] = chosen[1]
    for name, body in re.findall(r'<textarea\b[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', main, re.S):
        found[name] = body
    return found


def rows_in_the_lake() -> int:
    return the_lake().snapshot("order_lines").rows


@pytest.fixture
def desk(db, settings, tmp_path):
    """A desk for anybody of the demonstration's people, on an empty lake."""
    settings.HOME, settings.FILES_ROOT = tmp_path, tmp_path / "files"
    settings.LAKE_URL = str(tmp_path / "lake")
    cache.clear()
    set_up_organisation(at=timezone.now())

    def at(login: str) -> Desk:
        client = Client(headers={"accept-language": "en"})
        client.force_login(
            Person.objects.get(email=f"{login}@demo.example"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return Desk(client)

    return at


@pytest.fixture
def analyst(desk) -> Desk:
    return desk("analyst")


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
    assert sorted(links) == sorted(set(TABLES) - {"units"})


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


# -- rows left out ---------------------------------------------------------------------------------


@pytest.fixture
def left_out(analyst) -> Import:
    return analyst.load(csv(*GOOD, WRONG_DAY, WRONG_AMOUNT))


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
    assert lines[0] == f"Line,What is wrong,{HEADER}"
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


def test_a_list_is_not_undone_and_says_what_to_do_instead(analyst):
    file_id = analyst.hand_in(b"code,name,department\np1,Rice,DRY\n")
    row = work(analyst.start(file_id, analyst.draft(file_id, "products")))
    assert row.state == ImportState.DONE, row.error
    assert "Undo this import" not in analyst.get("imports_page", row.pk)
    answer = analyst.client.post(reverse("imports_undo", args=[row.pk]))
    assert answer.status_code == 422
    assert "import a corrected one" in answer.content.decode()


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
    assert counts == [11, 11]
