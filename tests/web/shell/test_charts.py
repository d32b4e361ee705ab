"""Charts are data: what is drawn, and the table behind it."""

from remit.web.charts import Chart, Series

WEEKS = ("W1", "W2", "W3")


def test_the_table_behind_a_line_has_a_row_a_label_and_says_what_is_missing():
    chart = Chart("line", WEEKS, (Series("Sales", (1.5, None, 3), unit="money", currency="USD"),), "Week")
    assert chart.table("en") == (
        ["Week", "Sales"],
        [["W1", "US$1.50"], ["W2", "—"], ["W3", "US$3.00"]],
    )


def test_the_table_behind_a_heat_map_has_its_rows():
    chart = Chart(
        "heat",
        ("Mo", "Tu"),
        (Series("Baskets", [[1, 2], [None, 4]]),),
        rows=("East", "West"),
        row_title="Area",
    )
    assert chart.table("en") == (["Area", "Mo", "Tu"], [["East", "1", "2"], ["West", "—", "4"]])


def test_the_table_behind_points_names_them():
    chart = Chart(
        "scatter",
        series=(Series("A", [(1, 0.5, 30, "x"), (2, 0.25)]),),
        x_title="X",
        y_title="Y",
        y_unit="share",
    )
    assert chart.table("en") == (
        ["Name", "X", "Y", "Size"],
        [["x", "1", "50.0%", "30"], ["", "2", "25.0%", "—"]],
    )


def test_the_table_behind_a_flow_lists_its_links():
    assert Chart("sankey", links=[("a", "b", 3)]).table("en") == (["From", "To", "Count"], [["a", "b", "3"]])


def test_a_chart_of_nothing_is_empty_and_a_zero_is_something():
    assert Chart("line", WEEKS, (Series("S", (None, None)),)).is_empty
    assert Chart("heat", WEEKS, (Series("S", [[None], [None]]),)).is_empty
    assert Chart("sankey").is_empty
    assert not Chart("line", WEEKS, (Series("S", (None, 0)),)).is_empty


def test_the_script_gets_every_field():
    data = Chart("line", WEEKS, (Series("S", (1, 2, 3)),), target=2).data()
    assert (data["kind"], data["target"], data["series"][0]["values"]) == ("line", 2, (1, 2, 3))
