"""Boards, tiles and saved questions: kept without a scope, always the viewer's."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from remit.audit.models import Event
from remit.metrics.actions import (
    add_tile,
    arrange_tiles,
    change_board,
    change_tile,
    make_board,
    remove_board,
    remove_question,
    remove_tile,
    save_question,
)
from remit.metrics.actions.board import MOST_TILES, BoardFull, BoardUnclear
from remit.metrics.actions.saved_question import QuestionNeedsTitle
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.question import Condition
from remit.metrics.models import Board, SavedQuestion, Tile
from remit.metrics.rules import (
    boards_visible_to,
    can_edit_board,
    can_edit_question,
    questions_visible_to,
)
from remit.metrics.saved import UnreadableQuestion, question_of, read_saved
from tests.rooms import AT, Organisation

from .small import JOURNEY, TAFENG

ASKED = {
    "metrics": ["net_sales"],
    "by": ["week"],
    "where": ["department=PRODUCE"],
    "period": "last 4 weeks",
    "compare": "previous",
}
TILE = {"kind": "line", "size": "medium", "title": "", "question": ASKED}


def places(board: Board) -> list[int]:
    return list(Tile.objects.filter(board=board).order_by("place").values_list("pk", flat=True))


def test_a_kept_question_has_no_scope_and_takes_that_of_who_looks() -> None:
    kept = read_saved(ASKED, SHIPPED)
    assert kept == ASKED
    for scope in (JOURNEY, TAFENG):
        question = question_of(kept, scope)
        assert question.scope is scope
        assert question.where == (Condition("department", ("PRODUCE",)),)
        assert str(question.period) == "last 4 weeks"


@pytest.mark.parametrize(
    ("words", "data"),
    [
        ("object", []),
        ("does not know scope", {**ASKED, "scope": {"everything": True}}),
        ("at least one metric", {}),
        ("metrics is a list", {"metrics": "net_sales"}),
        ("no metric", {"metrics": ["gone"]}),
        ("no dimension", {"metrics": ["lines"], "by": ["colour"]}),
        ("not a condition", {"metrics": ["lines"], "where": ["x"]}),
        ("not a period", {"metrics": ["lines"], "period": "2017-13"}),
        ("compare is one of", {"metrics": ["lines"], "compare": "never"}),
        ("limit", {"metrics": ["lines"], "limit": 0}),
        ("20 at most", {"metrics": ["lines"] * 21}),
        ("period is a text", {"metrics": ["lines"], "period": 2017}),
    ],
)
def test_what_is_no_question_is_refused(words: str, data: Any) -> None:
    with pytest.raises(UnreadableQuestion, match=words):
        read_saved(data, SHIPPED)


def test_a_board_is_made_from_tiles_and_arranged(organisation: Organisation) -> None:
    person = organisation.person("group")
    board = make_board(title="Mine", origin="director", tiles=[TILE, TILE, TILE], by=person, at=AT)
    first, second, third = places(board)
    arrange_tiles(board=board, order=[third, 999, first, third], by=person, at=AT)
    assert places(board) == [third, first, second]
    remove_tile(tile=Tile.objects.get(pk=first), by=person, at=AT)
    assert places(board) == [third, second]
    assert list(Tile.objects.order_by("place").values_list("place", flat=True)) == [0, 1]
    tile = Tile.objects.get(pk=second)
    change_tile(
        tile=tile,
        kind="number",
        size="small",
        title="Sales",
        question={"metrics": ["lines"]},
        by=person,
        at=AT,
    )
    tile.refresh_from_db()
    assert (tile.kind, tile.question) == ("number", {"metrics": ["lines"]})
    remove_board(board=board, by=person, at=AT)
    assert (Board.objects.count(), Tile.objects.count()) == (0, 0)


def test_a_board_is_its_owners_and_seen_by_others_only_when_shared(organisation: Organisation) -> None:
    owner, other = organisation.person("group"), organisation.person("east")
    board = make_board(title="Mine", by=owner, at=AT)
    assert (boards_visible_to(owner).count(), boards_visible_to(other).count()) == (1, 0)
    change_board(board=board, title="Ours", is_shared=True, by=owner, at=AT)
    assert boards_visible_to(other).get().title == "Ours"
    assert can_edit_board(owner, board)
    assert "copy" in can_edit_board(other, board).reason


def test_a_tile_that_cannot_be_drawn_and_one_too_many_are_refused(organisation: Organisation) -> None:
    person = organisation.person("group")
    with pytest.raises(BoardUnclear, match="title"):
        make_board(title=" ", by=person, at=AT)
    board = make_board(title="Mine", by=person, at=AT)
    for change in ({"kind": "pie"}, {"size": "huge"}, {"question": {"metrics": ["gone"]}}):
        with pytest.raises(BoardUnclear):
            add_tile(board=board, by=person, at=AT, **{**TILE, **change})
    Tile.objects.bulk_create(
        Tile(board=board, kind="line", place=n, question=ASKED) for n in range(MOST_TILES)
    )
    with pytest.raises(BoardFull, match="40"):
        add_tile(board=board, by=person, at=AT, **TILE)


def test_a_saved_question_is_found_by_its_title(organisation: Organisation) -> None:
    person, other = organisation.person("group"), organisation.person("east")
    first = save_question(title="Weeks", question=ASKED, by=person, at=AT)
    again = save_question(title="Weeks ", question={"metrics": ["lines"]}, by=person, at=AT, is_shared=True)
    assert (again.pk, again.question) == (first.pk, {"metrics": ["lines"]})
    assert questions_visible_to(other).get() == again
    assert can_edit_question(person, again)
    assert not can_edit_question(other, again)
    with pytest.raises(QuestionNeedsTitle):
        save_question(title="", question=ASKED, by=person, at=AT)
    remove_question(saved=again, by=person, at=AT)
    assert SavedQuestion.objects.count() == 0


def test_what_is_shared_with_a_part_is_recorded_and_never_becomes_everybodys(
    organisation: Organisation,
) -> None:
    owner, east = organisation.person("group"), organisation.units["east"]
    board = make_board(title="Mine", by=owner, at=AT)
    change_board(board=board, title="Ours", is_shared=True, shared_with=east, by=owner, at=AT)
    save_question(title="Weeks", question=ASKED, by=owner, at=AT, is_shared=True, shared_with=east)
    told = [
        {key: event.fields[key] for key in ("is_shared", "shared_with")}
        for event in Event.objects.filter(name__in=["metrics.board.changed", "metrics.question.saved"])
    ]
    assert told == [{"is_shared": True, "shared_with": "east"}] * 2
    with pytest.raises(ProtectedError):
        east.delete()
    with pytest.raises(IntegrityError, match="unit_only_if_shared"):
        change_board(board=board, title="Ours", is_shared=False, shared_with=east, by=owner, at=AT)
