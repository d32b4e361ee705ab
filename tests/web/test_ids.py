"""Ids that come in are numbers that a row can have; anything else is no id."""

import pytest

from remit.web.ids import id_in, ids_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("²", None),
        ("٣", None),
        ("-1", None),
        ("", None),
        ("9" * 30, None),
        ("9" * 18, 10**18 - 1),
    ],
)
def test_an_id_is_a_number_that_a_row_can_have(text, found):
    assert id_in(text) == found


def test_what_is_no_id_is_left_out_and_the_rest_kept_in_order():
    assert ids_in(["3", "²", "1", "9" * 30, "2"], 2) == [3, 1]
