"""The list: search, filters, sort, paging, columns and export, all of it in the address."""

import io

import pytest
from django.test import RequestFactory
from django.utils import translation
from python_calamine import CalamineWorkbook

from remit.org.models import Position
from remit.web.lists import Bulk, Column, Filter, Listing


class Row:
    def __init__(self, pk, name, sales, state="open"):
        self.pk, self.name, self.sales, self.state = pk, name, sales, state


ROWS = [Row(1, "Apple", 30), Row(2, "banana", None), Row(3, "Cherry pie", 10, "closed"), Row(4, "=1+1", 20)]
COLUMNS = (
    Column("name", "Name", sort="name", href=lambda row: f"/fruit/{row.pk}"),
    Column("sales", "Sales", kind="money", sort="sales", currency=lambda row: "USD"),
    Column("state", "State", kind="badge", optional=True),
)
STATES = Filter("state", "State", (("open", "open"), ("closed", "closed")), field="state")


def listing(address="/fruit", rows=ROWS, **options):
    options = {"search": ("name",), "filters": (STATES,), "name": "fruit"} | options
    return Listing(RequestFactory().get(address), rows, COLUMNS, **options)


def names(found):
    return [line.row.name for line in found.lines]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_search_takes_every_word_whatever_its_case():
    assert names(listing("/fruit?q=PIE+cher")) == ["Cherry pie"]


def test_a_filter_is_a_link_that_removes_itself():
    found = listing("/fruit?state=closed&page=3&q=pie")
    ((_filter, links, chosen),) = found.choices
    assert names(found) == ["Cherry pie"]
    assert chosen == "closed"
    assert [link.url for link in links] == ["/fruit?q=pie&state=open", "/fruit?q=pie"]


def test_a_filter_with_a_value_that_does_not_exist_is_no_filter():
    assert len(listing("/fruit?state=%27+OR+1%3D1").lines) == 4


def test_sorting_turns_round_and_leaves_nothing_for_the_end():
    assert names(listing("/fruit?sort=sales")) == ["Cherry pie", "=1+1", "Apple", "banana"]
    assert names(listing("/fruit?sort=-sales")) == ["Apple", "=1+1", "Cherry pie", "banana"]
    (_name, sales) = listing("/fruit?sort=sales").heads
    assert (sales.url, sales.direction) == ("/fruit?sort=-sales", "ascending")


def test_nobody_sorts_by_what_is_no_sortable_column():
    assert names(listing("/fruit?sort=pk__secret")) == names(listing())


@pytest.mark.parametrize(("page", "shown"), [("1", 2), ("2", 2), ("99", 2), ("x", 2), ("-1", 2)])
def test_a_page_that_does_not_exist_is_the_nearest_one(page, shown):
    assert len(listing(f"/fruit?page={page}", per_page=2).lines) == shown


def test_columns_are_chosen_in_the_address():
    assert [head.key for head in listing().heads] == ["name", "sales"]
    assert [head.key for head in listing("/fruit?cols=name,state").heads] == ["name", "state"]
    assert [head.key for head in listing("/fruit?cols=nonsense").heads] == ["name", "sales", "state"]
    assert [link.url for link in listing().column_choices] == [
        "/fruit?cols=sales",
        "/fruit?cols=name",
        "/fruit?cols=name%2Csales%2Cstate",
    ]


def test_cells_are_written_by_their_kind():
    (apple, banana, *_others) = listing().lines
    assert [(cell.text, cell.kind, cell.href) for cell in apple.cells] == [
        ("Apple", "text", "/fruit/1"),
        ("US$30.00", "number", ""),
    ]
    assert banana.cells[1].text == '<span class="nothing" title="no data">—</span>'


def test_an_export_gives_what_was_narrowed_and_no_formula():
    found = listing("/fruit?export=csv&q=1&cols=name,sales")
    answer = found.export()
    assert answer.content.decode("utf-8-sig").splitlines() == ["Name,Sales,Currency", "'=1+1,20,USD"]
    assert answer["Content-Disposition"] == 'attachment; filename="fruit.csv"'


def test_an_export_to_a_spreadsheet_holds_the_same():
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(listing("/fruit?export=xlsx&state=closed").export().content)
    )
    assert book.get_sheet_by_index(0).to_python() == [
        ["Name", "Sales", "Currency"],
        ["Cherry pie", 10.0, "USD"],
    ]


def test_without_being_asked_there_is_no_file():
    assert listing("/fruit?export=exe").export() is None


def test_two_lists_on_one_page_do_not_mix_their_addresses():
    found = listing("/fruit?q=apple&b.q=pie", prefix="b.")
    assert names(found) == ["Cherry pie"]
    assert found.clear_url == "/fruit?q=apple"


def test_bulk_actions_carry_their_address():
    found = listing(bulk=(Bulk("Replay", "/replay"),))
    assert [each.url for each in found.bulk] == ["/replay"]
    assert [line.id for line in found.lines] == [1, 2, 3, 4]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_rows_takes_two_queries(db, django_assert_num_queries, count):
    for number in range(count):
        Position.objects.create(code=f"p{number}", name=f"P{number}")
    request = RequestFactory().get("/positions?q=P&sort=-name")
    found = Listing(request, Position.objects.all(), (Column("name", "Name", sort="name"),), search=("name",))
    with django_assert_num_queries(2):
        assert names(found) == [f"P{number}" for number in reversed(range(count))]
        assert found.total == count


def test_a_null_byte_in_the_address_is_no_fault():
    assert names(listing("/fruit?q=%00")) == names(listing())
