"""Nobody reaches another unit's figures: by page, filter list, export, saved question, tile or target.

The east sells for 10.50 to 16.50 a day, the west for exactly 5.00: any figure of the west would show.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.core.period import Period
from remit.metrics.actions.board import add_tile, change_board, make_board
from remit.metrics.actions.saved_question import save_question
from remit.metrics.actions.target import set_target
from remit.metrics.models import SavedQuestion
from tests.web.figures_house import E1, W1, House

YEAR = (date(2017, 1, 1), date(2017, 12, 31))
ALL = "metric=net_sales&period=2017&by=outlet"


def csv_of(house: House, person: str, query: str) -> list[str]:
    answer = house.client(person).get(f"{reverse('figures_explorer')}?{query}&export=csv")
    assert answer.status_code == 200
    return answer.content.decode("utf-8-sig").splitlines()


def test_a_regions_person_gets_the_regions_rows_only(house):
    east = house.sales(E1, first=YEAR[0], last=YEAR[1])
    assert csv_of(house, "east", ALL) == [
        "Outlet,Outlet: name,Net sales,Currency",
        f"E1,Harbour,{east}00,USD",
    ]


def test_the_company_sees_both_regions(house):
    sums = {
        code: house.sales(outlet, first=YEAR[0], last=YEAR[1]) for code, outlet in (("E1", E1), ("W1", W1))
    }
    assert csv_of(house, "analyst", ALL)[1:] == [
        f"E1,Harbour,{sums['E1']}00,USD",
        f"W1,Prairie,{sums['W1']}00,USD",
    ]


def test_somebody_without_a_position_gets_no_row(house):
    assert csv_of(house, "nobody", ALL)[1:] == []


@pytest.mark.parametrize("unit", ["west", "market", "nothing", "1", "%27 OR 1=1"])
def test_a_foreign_unit_in_the_address_is_refused_as_if_it_did_not_exist(house, unit):
    for name in ("explorer", "heat", "customers", "scores", "cohorts"):
        page = f"figures_{name}"
        answer = house.client("east").get(f"{reverse(page)}?{ALL}&unit={unit}")
        text = answer.content.decode()
        assert (answer.status_code, "There is no unit" in text, "Prairie" in text) == (422, True, False), page


def test_a_wider_unit_gives_no_more_than_the_own_scope(house):
    """The grocer is above the east; its code is refused, so the filter cannot widen anything."""
    answer = house.client("east").get(f"{reverse('figures_explorer')}?{ALL}&unit=grocer")
    assert answer.status_code == 422


def test_scope_parameters_in_the_address_change_nothing(house):
    plain = csv_of(house, "east", ALL)
    tricked = csv_of(house, "east", ALL + "&scope=system&everything=1&companies=1,2,3&outlets=12&within=2")
    assert tricked == plain


def test_a_filter_on_a_foreign_outlet_is_refused(house):
    answer = house.client("east").get(f"{reverse('figures_explorer')}?{ALL}&where=outlet%3DW1")
    text = answer.content.decode()
    assert (answer.status_code, "does not exist, or lies outside" in text) == (422, True)


def test_the_list_of_values_names_only_what_the_scope_holds(house):
    page = house.client("east").get(f"{reverse('figures_explorer')}?metric=net_sales&period=2017&pick=outlet")
    text = page.content.decode()
    assert ("Harbour" in text, "Prairie" in text, "Taipei" in text) == (True, False, False)


def test_the_search_for_values_does_not_find_foreign_ones(house):
    address = f"{reverse('figures_explorer')}?metric=net_sales&period=2017&pick=outlet&find=pra"
    text = house.client("east").get(address).content.decode()
    assert ("No value fits" in text, "Prairie" in text) == (True, False)


def test_the_list_of_units_names_only_ones_own(house):
    text = house.client("east").get(reverse("figures_explorer")).content.decode()
    assert ('value="east"' in text, 'value="west"' in text, 'value="market"' in text) == (True, False, False)


def test_a_shared_question_answers_everybody_in_their_own_scope(house):
    saved = save_question(
        title="Outlets",
        question={"metrics": ["net_sales"], "by": ["outlet"], "period": "2017"},
        is_shared=True,
        by=house.people["analyst"],
        at=timezone.now(),
    )
    page = house.client("east").get(reverse("figures_question", args=[saved.pk]), follow=True)
    text = page.content.decode()
    assert ("Harbour" in text, "Prairie" in text) == (True, False)


def test_a_question_that_is_not_shared_is_not_found_by_others(house):
    question = {"metrics": ["net_sales"]}
    saved = save_question(title="Mine", question=question, by=house.people["analyst"], at=timezone.now())
    answers = [
        house.client("east").get(reverse("figures_question", args=[saved.pk])).status_code,
        house.client("east").post(reverse("figures_question_removal", args=[saved.pk])).status_code,
        house.client("analyst").get(reverse("figures_question", args=[saved.pk])).status_code,
    ]
    assert answers == [404, 404, 302]


def _tile(house: House, question: dict[str, object], kind: str = "table"):
    analyst, at = house.people["analyst"], timezone.now()
    board = make_board(title="Outlets", by=analyst, at=at)
    tile = add_tile(board=board, kind=kind, question=question, by=analyst, at=at)
    return board, tile


def test_a_tile_saved_by_somebody_who_sees_more_shows_each_viewer_their_own(house):
    board, _made = _tile(house, {"metrics": ["net_sales"], "by": ["outlet"], "period": "2017"})
    change_board(board=board, title="Outlets", is_shared=True, by=house.people["analyst"], at=timezone.now())
    seen = {}
    for person in ("analyst", "east", "west", "market", "nobody"):
        text = house.client(person).get(reverse("boards_board", args=[board.pk])).content.decode()
        seen[person] = [name for name in ("Harbour", "Prairie", "Taipei") if name in text]
    assert seen == {
        "analyst": ["Harbour", "Prairie"],
        "east": ["Harbour"],
        "west": ["Prairie"],
        "market": [],
        "nobody": [],
    }


def test_a_tile_on_a_foreign_unit_is_refused_within_its_own_frame(house):
    board, _made = _tile(house, {"metrics": ["net_sales"], "unit": "west", "period": "2017"}, kind="number")
    change_board(board=board, title="Outlets", is_shared=True, by=house.people["analyst"], at=timezone.now())
    answer = house.client("east").get(reverse("boards_board", args=[board.pk]))
    text = answer.content.decode()
    assert (answer.status_code, "There is no unit" in text, "US$450" in text) == (200, True, False)


def test_what_is_pinned_to_the_company_shows_its_regions_their_part(house):
    pinned = {"metrics": ["net_sales"], "by": ["outlet"], "unit": "grocer", "period": "2017"}
    own = {"by": house.people["analyst"], "at": timezone.now()}
    saved = save_question(title="Outlets", question=pinned, is_shared=True, **own)
    board, _made = _tile(house, pinned)
    change_board(board=board, title="Outlets", is_shared=True, **own)
    for address in (reverse("figures_question", args=[saved.pk]), reverse("boards_board", args=[board.pk])):
        answer = house.client("east").get(address, follow=True)
        text = answer.content.decode()
        assert (answer.status_code, "Harbour" in text, "Prairie" in text) == (200, True, False)


def test_a_board_that_is_not_shared_is_not_found_by_others(house):
    board, tile = _tile(house, {"metrics": ["net_sales"]}, kind="number")
    client = house.client("east")
    answers = [
        client.get(reverse("boards_board", args=[board.pk])).status_code,
        client.get(reverse("boards_edit", args=[board.pk])).status_code,
        client.post(reverse("boards_order", args=[board.pk]), {"order": str(tile.pk)}).status_code,
        client.post(reverse("boards_removal", args=[board.pk])).status_code,
        client.get(reverse("boards_tile", args=[tile.pk])).status_code,
        client.post(reverse("boards_tile_place", args=[tile.pk]), {"to": "later"}).status_code,
        client.post(reverse("boards_tile_removal", args=[tile.pk])).status_code,
    ]
    assert answers == [404] * 7


def test_a_shared_board_can_be_read_but_not_changed_by_others(house):
    board, tile = _tile(house, {"metrics": ["net_sales"]}, kind="number")
    change_board(board=board, title="Outlets", is_shared=True, by=house.people["analyst"], at=timezone.now())
    client = house.client("east")
    answers = [
        client.get(reverse("boards_board", args=[board.pk])).status_code,
        client.get(reverse("boards_edit", args=[board.pk])).status_code,
        client.post(reverse("boards_order", args=[board.pk]), {"order": str(tile.pk)}).status_code,
        client.post(reverse("boards_tile_removal", args=[tile.pk])).status_code,
        client.post(reverse("boards_removal", args=[board.pk])).status_code,
    ]
    assert answers == [200, 403, 403, 403, 403]


WHO = ("director", "analyst", "east", "west", "market", "nobody")


def test_what_is_shared_with_a_unit_reaches_its_people_and_those_above_and_nobody_else(house):
    analyst, at = house.people["analyst"], timezone.now()
    audience = {"is_shared": True, "shared_with": house.units["east"], "by": analyst, "at": at}
    question = {"metrics": ["net_sales"], "by": ["outlet"], "period": "2017"}
    board, tile = _tile(house, question)
    change_board(board=board, title="Easterly board", **audience)
    saved = save_question(title="Easterly question", question=question, **audience)
    codes, named = {}, {}
    for person in WHO:
        client = house.client(person)
        codes[person] = [
            client.get(reverse("boards_board", args=[board.pk])).status_code,
            client.get(reverse("boards_edit", args=[board.pk])).status_code,
            client.get(reverse("boards_tile", args=[tile.pk])).status_code,
            client.post(reverse("boards_order", args=[board.pk]), {"order": ""}).status_code,
            client.get(reverse("figures_question", args=[saved.pk])).status_code,
        ]
        pages = (
            reverse("boards_shipped", args=["analyst"]), reverse("figures_questions"),
            f"{reverse('figures_questions')}?export=csv", f"{reverse('palette')}?q=easterly",
        )  # fmt: skip
        named[person] = ["Easterly" in client.get(page).content.decode() for page in pages]
    assert codes == {
        "director": [200, 403, 403, 403, 302],
        "analyst": [200, 200, 200, 204, 302],
        "east": [200, 403, 403, 403, 302],
        **dict.fromkeys(("west", "market", "nobody"), [404] * 5),
    }
    reached = ("director", "analyst", "east")
    assert named == {person: [person in reached] * 4 for person in WHO}


def test_a_board_shared_with_a_unit_shows_each_viewer_their_own_figures(house):
    board, _made = _tile(house, {"metrics": ["net_sales"], "by": ["outlet"], "period": "all"})
    east = {"is_shared": True, "shared_with": house.units["east"]}
    change_board(board=board, title="Outlets", **east, by=house.people["analyst"], at=timezone.now())
    seen = {}
    for person in ("director", "analyst", "east"):
        text = house.client(person).get(f"{reverse('boards_board', args=[board.pk])}?unit=").content.decode()
        seen[person] = [name for name in ("Harbour", "Prairie", "Taipei") if name in text]
    assert seen == {
        "director": ["Harbour", "Prairie", "Taipei"],
        "analyst": ["Harbour", "Prairie"],
        "east": ["Harbour"],
    }


@pytest.mark.parametrize("unit", ["west", "market", "grocer"])
def test_nobody_shares_with_a_unit_that_they_do_not_see(house, unit):
    client, east, at = house.client("east"), house.people["east"], timezone.now()
    board = make_board(title="Mine", by=east, at=at)
    sent = {"title": "Mine", "audience": f"unit-{house.units[unit].pk}"}
    answers = [
        client.post(reverse("boards_edit", args=[board.pk]), sent).status_code,
        client.post(f"{reverse('figures_question_new')}?metric=net_sales", sent).status_code,
    ]
    board.refresh_from_db()
    assert (answers, board.is_shared, SavedQuestion.objects.count()) == ([422, 422], False, 0)


def test_targets_of_foreign_units_are_not_found(house):
    target = set_target(
        metric="net_sales",
        unit=house.units["west"],
        period=Period(*YEAR),
        value=Decimal(700),
        currency="USD",
        owner=house.people["west"],
        by=house.people["west"],
        at=timezone.now(),
    )
    answers = [
        house.client("east").get(reverse("figures_target", args=[target.pk])).status_code,
        house.client("east").post(reverse("figures_target_removal", args=[target.pk])).status_code,
        house.client("west").get(reverse("figures_target", args=[target.pk])).status_code,
    ]
    listed = house.client("east").get(reverse("figures_targets")).content.decode()
    assert (answers, "700" in listed) == ([404, 404, 200], False)
