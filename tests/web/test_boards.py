"""Boards: one answer for all tiles, everything possible without a script, and without dragging."""

import itertools
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from remit.core.period import Period
from remit.metrics.actions.alert import look_at, set_alert
from remit.metrics.actions.board import add_tile, change_board, make_board
from remit.metrics.actions.target import set_target
from remit.metrics.models import Board, SavedQuestion, Tile
from remit.org.models import Assignment
from remit.web.boards import composing, tiles
from remit.web.boards.editing import moved
from remit.web.boards.plans import PLANS
from remit.web.figures.asked import Asked
from remit.web.figures.sight import Sight
from tests.web.figures_house import E1, W1

NUMBER = {"metrics": ["net_sales"], "period": "2017-03", "compare": "previous"}
BARS = {"metrics": ["net_sales"], "by": ["outlet"], "period": "2017-03"}


def text_of(answer) -> str:
    return answer.content.decode()


def board_of(house, *kinds: str) -> Board:
    analyst, at = house.people["analyst"], timezone.now()
    board = make_board(title="Mine", by=analyst, at=at)
    for kind in kinds:
        add_tile(board=board, kind=kind, question=NUMBER if kind == "number" else BARS, by=analyst, at=at)
    return board


def order_of(board: Board) -> list[int]:
    return list(Tile.objects.filter(board=board).order_by("place").values_list("pk", flat=True))


@pytest.mark.parametrize("code", sorted(PLANS))
def test_every_shipped_board_answers_in_the_small_house(house, code):
    answer = house.client("analyst").get(reverse("boards_shipped", args=[code]))
    shown = text_of(answer)
    assert (answer.status_code, shown.count('class="card board-tile'), "<c-" in shown) == (
        200, len(PLANS[code].tiles), False,
    )  # fmt: skip


def test_headings_of_a_board_leave_no_level_out(house):
    text = text_of(house.client("director").get(reverse("boards_home"), follow=True))
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
    assert levels.count(2) > 3
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []


@pytest.mark.parametrize(
    ("person", "title"), [("analyst", "Analyst"), ("east", "Channel"), ("director", "Director")]
)
def test_the_home_of_boards_is_that_of_ones_position(house, person, title):
    assert f"<h1>{title}</h1>" in text_of(house.client(person).get(reverse("boards_home")))


def test_all_tiles_and_targets_of_a_board_are_answered_by_one_ask(house, monkeypatch):
    board = board_of(house, "number", "bar", "table")
    target = set_target(
        metric="net_sales", unit=house.units["grocer"], period=Period(date(2017, 3, 1), date(2017, 3, 31)),
        value=Decimal(1000), owner=house.people["analyst"], by=house.people["analyst"], at=timezone.now(),
    )  # fmt: skip
    calls = []
    real = tiles.ask
    monkeypatch.setattr(tiles, "ask", lambda *questions: calls.append(len(questions)) or real(*questions))
    sight = Sight(house.people["analyst"])
    wanted = composing.of_rows(
        Tile.objects.filter(board=board).order_by("place"), composing.Filters(None, "", ""), sight
    )
    found = tiles.answered(wanted, [target], sight)
    # a number with its trend, two answers with their totals, one target
    assert (calls, len(found.tiles), found.targets[0].value) == (
        [7],
        3,
        house.sales(E1, W1, first=date(2017, 3, 1), last=date(2017, 3, 31)),
    )


def test_one_tile_that_cannot_be_asked_leaves_the_others_standing(house):
    board = board_of(house, "number")
    add_tile(
        board=board, kind="bar", question={"metrics": ["net_sales"], "by": ["campaign"]},
        by=house.people["analyst"], at=timezone.now(),
    )  # fmt: skip
    text = text_of(house.client("analyst").get(reverse("boards_board", args=[board.pk])))
    assert ("cannot be split or filtered this way" in text, "on February 2017" in text) == (True, True)


def test_the_filters_of_a_board_hold_for_all_its_tiles(house):
    board = board_of(house, "number", "table")
    answer = house.client("analyst").get(
        reverse("boards_board", args=[board.pk]), {"unit": "east", "period": "2017-02"}
    )
    text = text_of(answer)
    east = house.sales(E1, first=date(2017, 2, 1), last=date(2017, 2, 28))
    assert (f"US${east:,.2f}" in text, "Prairie" in text) == (True, False)


def test_a_slow_board_shows_its_frame_first_and_fetches_the_figures(house, monkeypatch):
    monkeypatch.setattr(composing, "BUDGET_S", -1.0)
    client, address = house.client("analyst"), reverse("boards_home")
    client.get(address)
    frame, part = text_of(client.get(address)), text_of(client.get(address, {"tiles": "1"}))
    now = text_of(client.get(address, {"now": "1"}))
    assert [("hx-trigger=\"load\"" in t, "US$" in t, "<html" in t) for t in (frame, part, now)] == [
        (True, False, True), (False, True, False), (False, True, True),
    ]  # fmt: skip


def test_own_targets_stand_on_the_home_board(house):
    set_target(
        metric="net_sales", unit=house.units["grocer"], period=Period(date(2017, 3, 1), date(2017, 3, 31)),
        value=Decimal(1000), owner=house.people["analyst"], by=house.people["analyst"], at=timezone.now(),
    )  # fmt: skip
    text = text_of(house.client("analyst").get(reverse("boards_home")))
    reached = house.sales(E1, W1, first=date(2017, 3, 1), last=date(2017, 3, 31)) / 10
    assert ("My targets" in text, f"{reached:.0f}% reached" in text) == (True, True)


def test_an_alert_that_speaks_is_marked_on_the_board(house):
    analyst, at = house.people["analyst"], timezone.now()
    alert = set_alert(
        title="Sales are up", question={"metrics": ["net_sales"], "period": "last 7 days"}, breach="above",
        limit=Decimal(1), unit=house.units["grocer"], owner=analyst, by=analyst, at=at,
    )  # fmt: skip
    look_at(alert=alert.pk, at=at)
    text = text_of(house.client("analyst").get(reverse("boards_home")))
    assert text.count(f'href="{reverse("figures_alert", args=[alert.pk])}"') == 2


# -- making and arranging, without a script -----------------------------------------------------


def test_a_copy_of_a_shipped_board_is_ones_own(house):
    client = house.client("east")
    answer = client.post(reverse("boards_new"), {"title": "East", "origin": "channel"})
    board = Board.objects.get()
    found = [Asked.from_saved(tile.question) for tile in Tile.objects.filter(board=board).order_by("place")]
    assert (answer.url, board.owner, board.origin) == (
        reverse("boards_edit", args=[board.pk]),
        house.people["east"],
        "channel",
    )
    assert found == [tile.asked for tile in PLANS["channel"].tiles]


def test_a_question_of_the_explorer_becomes_a_tile_of_a_new_board(house):
    address = (
        f"{reverse('boards_tile_new')}?metric=net_sales&by=week&period=last+13+weeks&where=department%3DDAIRY"
    )
    client = house.client("east")
    assert 'value="line" selected' in text_of(client.get(address))
    client.post(address, {"board": "new", "title": "Dairy", "kind": "line", "size": "large"})
    tile = Tile.objects.get()
    assert (tile.title, tile.kind, tile.size, tile.question) == (
        "Dairy", "line", "large",
        {"metrics": ["net_sales"], "by": ["week"], "where": ["department=DAIRY"], "period": "last 13 weeks"},
    )  # fmt: skip


def test_a_tile_is_not_put_on_a_board_of_somebody_else(house):
    board = board_of(house)
    address = f"{reverse('boards_tile_new')}?metric=net_sales"
    answer = house.client("east").post(address, {"board": str(board.pk), "kind": "number", "size": "small"})
    assert (answer.status_code, Tile.objects.count()) == (422, 0)


def test_tiles_move_by_buttons_by_drag_and_change_their_size(house):
    board = board_of(house, "number", "bar", "table")
    client, (first, second, third) = house.client("analyst"), order_of(board)
    client.post(reverse("boards_tile_place", args=[first]), {"to": "later"})
    by_button = order_of(board)
    dragged = client.post(
        reverse("boards_order", args=[board.pk]), {"order": f"{third},{first},nonsense,{second}"}
    )
    client.post(reverse("boards_tile_place", args=[first]), {"size": "full"})
    assert (by_button, dragged.status_code, order_of(board), Tile.objects.get(pk=first).size) == (
        [second, first, third], 204, [third, first, second], "full",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "to", "order"),
    [
        (1, "earlier", [1, 2, 3]),
        (1, "later", [2, 1, 3]),
        (3, "later", [1, 2, 3]),
        (3, "earlier", [1, 3, 2]),
        (2, "", [1, 2, 3]),
    ],
)
def test_a_tile_at_the_end_stays_there(one, to, order):
    assert moved([1, 2, 3], one, to) == order


def test_a_tile_takes_another_question_from_the_explorer(house):
    board = board_of(house, "number")
    (pk,) = order_of(board)
    client = house.client("analyst")
    explorer = text_of(
        client.get(reverse("figures_explorer"), {"metric": "baskets", "period": "2017", "tile": str(pk)})
    )
    link = f"{reverse('boards_tile', args=[pk])}?metric=baskets&amp;period=2017"
    assert link in explorer
    client.post(link.replace("&amp;", "&"), {"title": "", "kind": "number", "size": "small"})
    assert Tile.objects.get(pk=pk).question == {"metrics": ["baskets"], "period": "2017"}


def test_a_tile_and_a_board_are_removed(house):
    board = board_of(house, "number", "bar")
    client, (first, second) = house.client("analyst"), order_of(board)
    client.post(reverse("boards_tile_removal", args=[first]))
    left = order_of(board)
    client.post(reverse("boards_removal", args=[board.pk]))
    assert (left, Board.objects.count(), Tile.objects.count()) == ([second], 0, 0)


def test_a_board_without_a_title_is_refused_in_the_form(house):
    board = board_of(house)
    answer = house.client("analyst").post(reverse("boards_edit", args=[board.pk]), {"title": " "})
    assert (answer.status_code, Board.objects.get().title) == (422, "Mine")


def test_sharing_is_chosen_said_and_taken_back(house):
    board, client = board_of(house), house.client("analyst")
    edit, page = (reverse(name, args=[board.pk]) for name in ("boards_edit", "boards_board"))
    said = {}
    for audience in ("everybody", f"unit-{house.units['east'].pk}", ""):
        client.post(edit, {"title": "Mine", "audience": audience})
        chosen = text_of(client.get(edit)).count(f'<option value="{audience}" selected>')
        board.refresh_from_db()
        words = re.findall("Shared with [a-zA-Z]+", text_of(client.get(page)))
        said[audience[:4]] = (board.is_shared, board.shared_with and board.shared_with.code, words, chosen)
    assert said == {
        "ever": (True, None, ["Shared with everybody"], 1),
        "unit": (True, "east", ["Shared with East"], 1),
        "": (False, None, [], 1),
    }


def test_who_moves_away_keeps_sharing_as_it_was(house):
    """Saving the title again does not quietly take the board from those it was shared with."""
    board, analyst = board_of(house), house.people["analyst"]
    change_board(
        board=board, title="Mine", is_shared=True, shared_with=house.units["east"], by=analyst,
        at=timezone.now(),
    )  # fmt: skip
    Assignment.objects.filter(person=analyst).update(unit=house.units["market"])
    address = reverse("boards_edit", args=[board.pk])
    client = house.client("analyst")
    offered = re.findall(r'<option value="([^"]*)" selected>\s*East<', text_of(client.get(address)))
    client.post(address, {"title": "Ours", "audience": offered})
    board.refresh_from_db()
    assert (board.title, board.shared_with) == ("Ours", house.units["east"])


def test_a_question_is_saved_shared_and_removed(house):
    client = house.client("analyst")
    address = f"{reverse('figures_question_new')}?metric=net_sales&by=week&period=2017"
    client.post(address, {"title": "Weeks", "audience": "everybody"})
    saved = SavedQuestion.objects.get()
    listed = text_of(house.client("east").get(reverse("figures_questions")))
    opened = client.get(reverse("figures_question", args=[saved.pk])).url
    client.post(reverse("figures_question_removal", args=[saved.pk]))
    assert (saved.question, "Weeks" in listed, opened, SavedQuestion.objects.count()) == (
        {"metrics": ["net_sales"], "by": ["week"], "period": "2017"},
        True,
        f"{reverse('figures_explorer')}?metric=net_sales&by=week&period=2017&question={saved.pk}",
        0,
    )


def test_an_empty_board_says_how_to_begin(house):
    board = board_of(house)
    assert "This board is empty" in text_of(
        house.client("analyst").get(reverse("boards_board", args=[board.pk]))
    )


FRAME = (
    "django_session", "usersessions_", "SAVEPOINT", "notices_", "duties_occurrence", 'SELECT "org_person"',
)  # fmt: skip


@pytest.mark.parametrize(("kinds", "count"), [(("number",), 11), (("number", "bar", "table"), 11)])
def test_a_board_asks_the_database_as_often_for_three_tiles_as_for_one(house, kinds, count):
    client, address = house.client("analyst"), reverse("boards_board", args=[board_of(house, *kinds).pk])
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    assert (
        len([one for one in found.captured_queries if not any(word in one["sql"] for word in FRAME)]) == count
    )
