"""The pages about figures: findings, comparisons, honest emptiness, refusals, queries counted."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.figures_house import E1, W1

MARCH = {"first": date(2017, 3, 1), "last": date(2017, 3, 31)}
FEBRUARY = {"first": date(2017, 2, 1), "last": date(2017, 2, 28)}


def page(house, person: str, name: str, query: str = "", *args):
    return house.client(person).get(f"{reverse(name, args=args)}?{query}")


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_title_of_a_figure_says_the_finding(house):
    march, february = house.sales(E1, W1, **MARCH), house.sales(E1, W1, **FEBRUARY)
    text = text_of(
        page(house, "analyst", "figures_explorer", "metric=net_sales&period=2017-03&compare=previous")
    )
    change = (march / february - 1) * 100
    assert f"Net sales US${march:.2f} in March 2017, +{change:.1f}% on February 2017" in text


def test_the_leading_group_is_named_with_its_share(house):
    east, west = house.sales(E1, **MARCH), house.sales(W1, **MARCH)
    text = text_of(page(house, "analyst", "figures_explorer", "metric=net_sales&period=2017-03&by=outlet"))
    share = east / (east + west) * 100
    assert f"Harbour leads with {share:.1f}% of Net sales (US${east:.2f}) in March 2017" in text


def test_what_is_unknown_counts_but_does_not_lead(house):
    text = text_of(page(house, "analyst", "figures_explorer", "metric=net_sales&period=2017-03&by=age_group"))
    assert ("unknown leads" in text, "25-34" in text) == (False, True)


def test_several_currencies_stand_apart(house):
    text = text_of(page(house, "director", "figures_explorer", "metric=net_sales&period=all"))
    assert ("US$1,662.00" in text, "NT$27,000" in text or "NT$27k" in text) == (True, True)


def test_no_data_is_said_and_not_drawn_as_zero(house):
    answer = page(house, "analyst", "figures_explorer", "metric=net_sales&period=2016&by=month")
    text = text_of(answer)
    assert (answer.status_code, "No data in 2016 for this choice" in text, "US$0" in text) == (
        200,
        True,
        False,
    )


def test_a_relative_period_says_from_which_day_it_counts(house):
    text = text_of(page(house, "analyst", "figures_explorer", "metric=net_sales&period=last 4 weeks"))
    assert "counts back from the freshest day of the data, 2017-03-31" in text


def test_a_bucket_that_the_period_cuts_is_named(house):
    text = text_of(page(house, "analyst", "figures_explorer", "metric=net_sales&period=last 4 weeks&by=week"))
    assert "Only partly in the period: 2017-02-27, 2017-03-27." in text


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("metric=nothing", "does not exist, or lies outside what you see"),
        ("metric=net_sales&period=next+week", "is written in no form that is read"),
        ("metric=net_sales&where=department", "A filter cannot be read"),
        ("metric=net_sales&by=campaign", "cannot be split or filtered this way"),
        ("metric=net_sales&by=nothing", "does not exist, or lies outside what you see"),
        ("metric=net_sales&period=all&currency=EUR", "does not exist, or lies outside what you see"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(house, query, reason):
    answer = page(house, "analyst", "figures_explorer", query)
    assert (answer.status_code, reason in text_of(answer)) == (422, True)


def test_hours_of_sales_without_a_time_of_day_are_refused_with_another_map(house):
    answer = page(house, "market", "figures_heat", "map=clock&metric=baskets&period=all")
    text = text_of(answer)
    assert (answer.status_code, "no time of day" in text, "Show weekdays by week instead" in text) == (
        422,
        True,
        True,
    )


def test_hours_are_drawn_where_tills_record_them(house):
    answer = page(house, "east", "figures_heat", "map=clock&metric=baskets&period=all")
    assert (answer.status_code, "09:00" in text_of(answer)) == (200, True)


def test_two_days_of_the_form_are_put_into_the_address(house):
    answer = page(
        house, "east", "figures_explorer", "metric=baskets&period=custom&first=2017-01-01&last=2017-01-31"
    )
    assert answer.url == f"{reverse('figures_explorer')}?metric=baskets&period=2017-01-01..2017-01-31"


def test_a_filter_of_the_form_is_put_into_the_address(house):
    query = "metric=net_sales&period=2017&add_dimension=department&add_op=in&add_value=DAIRY"
    answer = page(house, "east", "figures_explorer", query)
    assert answer.url.endswith("?metric=net_sales&where=department%3DDAIRY&period=2017")
    followed = house.client("east").get(answer.url)
    assert "Remove the filter Department: DAIRY" in text_of(followed)


def test_an_exported_book_has_numbers_and_says_how_fresh_it_is(house):
    import io

    from python_calamine import CalamineWorkbook

    answer = page(house, "east", "figures_explorer", "metric=baskets&period=2017&by=outlet&export=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    notes = [row[0] for row in book.get_sheet_by_name("Notes").to_python()]
    assert book.get_sheet_by_name("Data").to_python()[1:] == [["E1", "Harbour", 90.0]]
    assert "order_lines: data to 31 Mar 2017" in notes
    kept = 'attachment; filename="baskets-by-outlet-2017-01-01-2017-12-31.xlsx"'
    assert answer["Content-Disposition"] == kept


def test_the_page_of_a_metric_holds_its_definition_owner_and_sql(house):
    text = text_of(page(house, "analyst", "figures_metric", "", "basket_value"))
    wanted = ("Net sales per basket.", "Net sales ÷ Baskets", "higher is better", "sales_director", "SELECT")
    assert [word in text for word in wanted] == [True] * 5


def test_the_catalogue_finds_metrics_in_every_language(house):
    address = reverse("figures_metrics")
    pages = [
        text_of(house.client("east").get(address, {"q": words}))
        for words in ("repurchase", "回購率", "回购率")
    ]
    assert [text.count("figures/metrics/repurchase_rate") for text in pages] == [3, 3, 3]


def test_the_triangle_leaves_unfinished_months_empty(house):
    answer = page(house, "east", "figures_cohorts", "export=csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == ["First purchase,Customers,Month 1,Month 2", "2017-01-01,3,1.0,1.0"]


def test_the_quadrant_counts_every_buyer_once(house):
    answer = page(house, "analyst", "figures_customers", "period=all&export=csv")
    lines = [line.split(",") for line in answer.content.decode("utf-8-sig").splitlines()[1:]]
    assert (sum(int(line[1]) for line in lines), {line[5] for line in lines}) == (5, {"USD"})


def test_customers_of_two_currencies_are_not_ranked_together(house):
    answer = page(house, "director", "figures_customers", "period=all&unit=")
    assert (answer.status_code, "different currencies" in text_of(answer)) == (422, True)


def test_who_sees_two_companies_is_shown_the_one_with_the_freshest_data_first(house):
    text = text_of(page(house, "director", "figures_customers"))
    assert '<option value="grocer" selected>' in text


FRAME = (
    "django_session", "usersessions_", "SAVEPOINT", "notices_", "duties_occurrence", 'SELECT "org_person"',
)  # fmt: skip


def queries_of(house, person: str, address: str) -> int:
    """How often the page itself asks the database; what every page of the frame asks is left out."""
    client = house.client(person)
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len([one for one in found.captured_queries if not any(word in one["sql"] for word in FRAME)])


@pytest.mark.parametrize(
    ("name", "query", "count"),
    [
        ("figures_explorer", "metric=net_sales&by=week&period=all", 8),
        ("figures_explorer", "metric=net_sales&metric=baskets&metric=buyers&by=week&period=all", 8),
        ("figures_heat", "map=places&metric=net_sales&period=all", 8),
        ("figures_metrics", "", 5),
        ("figures_customers", "period=all", 4),
        ("figures_cohorts", "", 4),
    ],
)
def test_pages_ask_the_database_as_often_for_three_figures_as_for_one(house, name, query, count):
    assert queries_of(house, "analyst", f"{reverse(name)}?{query}") == count
