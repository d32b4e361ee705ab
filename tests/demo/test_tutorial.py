"""The file of the tutorial brings what its story says, beside the demonstration's own rows."""

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from remit.demo.sources import journey_file

TUTORIALS = Path(__file__).parents[2] / "docs/tutorial"


@pytest.mark.parametrize("name", ["first-hour.md", "first-hour.zh.md"])
def test_the_rows_of_the_tutorial_are_new_to_the_demonstration(name: str) -> None:
    text = (TUTORIALS / name).read_text(encoding="utf-8")
    found = re.findall(r"^(\d+),(\d+),(\d+),(\S+)$", text, re.MULTILINE)
    good, wrong = [
        (int(household), int(coupon), int(campaign), day) for household, coupon, campaign, day in found
    ]
    corrected = re.findall(r"`(2017-\d\d-\d\d)`", text.partition("31/13/2017")[2])[0]
    there = duckdb.sql(
        "SELECT household_id, coupon_upc, campaign_id, CAST(redemption_date AS DATE)"
        f" FROM read_parquet('{journey_file('coupon_redemptions')}')"
    ).fetchall()
    for household, coupon, campaign, day in (good, (*wrong[:3], corrected)):
        assert (household, coupon, campaign, date.fromisoformat(day)) not in there
        assert any(row[0] == household for row in there)
        assert any(row[1:3] == (coupon, campaign) for row in there)
