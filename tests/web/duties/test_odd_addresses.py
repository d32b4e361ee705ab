"""What people mistype is answered, never with an error of ours."""

import pytest
from django.urls import reverse

from tests.web.duties.conftest import house, staffed

__all__ = ["house", "staffed"]


@pytest.mark.parametrize("odd", ["²", "9" * 30, "-1", "x"])
@pytest.mark.parametrize("name", ["duties_submissions", "duties_reviews", "duties_handovers_taken"])
def test_an_id_that_no_row_can_have_ticks_nothing(browse, name, odd):
    assert browse("ana").post(reverse(name), {"ids": [odd]}).status_code == 302


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "1989-12", "2200-01", "2026-13", "x"])
def test_a_month_that_no_work_has_shows_this_one(browse, month):
    page = browse("ana").get(reverse("duties_calendar"), {"month": month})
    now = browse("ana").get(reverse("duties_calendar"))
    assert (page.status_code, page.context["month"].first) == (200, now.context["month"].first)


@pytest.mark.parametrize("month", ["1990-01", "2199-12", "2026-11"])
def test_the_first_and_the_last_month_have_a_page(browse, month):
    page = browse("ana").get(reverse("duties_calendar"), {"month": month})
    assert (page.status_code, f"{page.context['month'].first:%Y-%m}") == (200, month)
