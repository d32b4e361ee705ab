"""Pages of positions."""

import pytest
from django.urls import reverse

from remit.org.models import Position


def test_one_sees_the_positions_that_one_holds_and_could_rise_to(log_in_as):
    def codes(name: str) -> list[str]:
        return [line.row.code for line in log_in_as(name).get("/team/positions").context["listing"].lines]

    assert sorted(codes("west")) == ["channel_manager", "sales_director", "sales_person"]
    assert codes("digital") == ["digital_marketer"]
    assert len(codes("admin")) == Position.objects.count()


def test_a_position_is_added_and_changed_for_every_holder(log_in_as):
    browser = log_in_as("admin")
    browser.post("/team/positions/new", {"code": "intern", "name": "實習生", "board": "analyst"})
    intern = Position.objects.get(code="intern")
    given = {"name": "實習生", "abilities": ["import_data"], "board": "brand"}
    browser.post(reverse("org_position_edit", args=[intern.pk]), given)
    intern.refresh_from_db()
    assert (intern.abilities, intern.board) == (["import_data"], "brand")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"code": "sales_person"}, "code"), ({"board": "moon"}, "board"), ({"abilities": ["fly"]}, "abilities")],
)
def test_a_wrong_position_is_refused_beside_its_field(log_in_as, wrong, field):
    answer = log_in_as("admin").post(
        "/team/positions/new", {"code": "x", "name": "X", "board": "analyst"} | wrong
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
