"""Targets, alerts and own metrics: set by forms that work without a script, refused with a reason."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from remit.metrics.models import Alert, AlertFiring, CustomMetric, Target
from tests.web.figures_house import E1


def text_of(answer) -> str:
    return answer.content.decode()


def target_form(house, **changes):
    return {
        "metric": "net_sales", "unit": house.units["east"].pk, "first": "2017-03-01", "last": "2017-03-31",
        "value": "500", "currency": "", "owner": house.people["analyst"].pk, **changes,
    }  # fmt: skip


def alert_form(house, **changes):
    return {
        "metric": "net_sales", "unit": house.units["east"].pk, "owner": house.people["east"].pk, "title": "",
        "period": "last 7 days", "breach": "above", "limit": "10", "severity": "warning", **changes,
    }  # fmt: skip


# -- targets ----------------------------------------------------------------------------------


def test_a_target_in_money_of_a_region_takes_the_currency_that_is_given(house):
    answer = house.client("analyst").post(reverse("figures_target_new"), target_form(house, currency="USD"))
    target = Target.objects.get()
    assert (answer.url, target.value, target.currency, target.first, target.last) == (
        reverse("figures_targets"), Decimal(500), "USD", date(2017, 3, 1), date(2017, 3, 31),
    )  # fmt: skip


def test_targets_go_out_as_numbers_beside_their_currency(house):
    house.client("analyst").post(reverse("figures_target_new"), target_form(house, currency="USD"))
    answer = house.client("analyst").get(f"{reverse('figures_targets')}?export=csv")
    titles, row = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    found = dict(zip(titles, row, strict=True))
    assert (Decimal(found["Target"]), Decimal(found["So far"]) > 0, found["Currency"]) == (500, True, "USD")


def test_a_percentage_is_written_as_people_write_it(house):
    form = target_form(house, metric="discount_rate", value="12.5")
    house.client("analyst").post(reverse("figures_target_new"), form)
    target = Target.objects.get()
    page = text_of(house.client("analyst").get(reverse("figures_target", args=[target.pk])))
    assert (target.value, 'value="12.5"' in page) == (Decimal("0.125"), True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last": "2017-02-01"}, "The last day lies before the first."),
        ({"currency": ""}, "A target in money needs a currency."),
        ({"currency": "usd"}, "Write three capital letters, such as TWD."),
        ({"value": "much"}, "Enter a number."),
        ({"metric": "nothing"}, "Select a valid choice"),
        ({"unit": "0"}, "Select a valid choice"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_in_the_form(house, changes, sentence):
    answer = house.client("analyst").post(
        reverse("figures_target_new"), target_form(house, **{"currency": "USD", **changes})
    )
    assert (answer.status_code, sentence in text_of(answer), Target.objects.count()) == (422, True, 0)


def test_a_target_of_a_foreign_unit_cannot_be_chosen(house):
    form = target_form(house, unit=house.units["east"].pk, currency="USD")
    answer = house.client("west").post(reverse("figures_target_new"), form)
    assert (answer.status_code, Target.objects.count()) == (422, 0)


def test_who_may_not_define_figures_is_told_so(house):
    form = target_form(house, currency="USD", owner=house.people["east"].pk)
    answer = house.client("east").post(reverse("figures_target_new"), form)
    assert (answer.status_code, "Your positions do not include" in text_of(answer)) == (422, True)


def test_a_target_says_how_far_it_has_come_in_the_scope_of_its_unit(house):
    house.client("analyst").post(reverse("figures_target_new"), target_form(house, currency="USD"))
    reached = house.sales(E1, first=date(2017, 3, 1), last=date(2017, 3, 31)) / Decimal(500) * 100
    assert f"{reached:.0f}% reached" in text_of(house.client("analyst").get(reverse("figures_targets")))


def test_a_target_beside_its_figure_in_the_explorer(house):
    house.client("analyst").post(reverse("figures_target_new"), target_form(house, currency="USD"))
    query = {"metric": "net_sales", "period": "2017-03", "unit": "east", "compare": "target"}
    assert "US$500" in text_of(house.client("analyst").get(reverse("figures_explorer"), query))


def test_a_target_moved_to_other_days_leaves_no_second_one_behind(house):
    client = house.client("analyst")
    client.post(reverse("figures_target_new"), target_form(house, currency="USD"))
    address = reverse("figures_target", args=[Target.objects.get().pk])
    client.post(address, target_form(house, currency="USD", first="2017-02-01", last="2017-02-28"))
    moved = Target.objects.get()
    client.post(reverse("figures_target_removal", args=[moved.pk]))
    assert (moved.first, Target.objects.count()) == (date(2017, 2, 1), 0)


# -- alerts -----------------------------------------------------------------------------------


def test_an_alert_whose_limit_is_passed_already_speaks_when_it_is_set(house):
    answer = house.client("east").post(reverse("figures_alert_new"), alert_form(house), follow=True)
    week = house.sales(E1, first=date(2017, 3, 25), last=date(2017, 3, 31))
    assert (AlertFiring.objects.get().value, "beyond its limit already" in text_of(answer)) == (week, True)


def test_an_alert_is_set_looked_at_speaks_and_keeps_its_history(house):
    client = house.client("east")
    client.post(reverse("figures_alert_new"), alert_form(house))
    alert = Alert.objects.get()
    client.post(reverse("figures_alert_look", args=[alert.pk]))
    page = text_of(client.get(reverse("figures_alert", args=[alert.pk])))
    week = house.sales(E1, first=date(2017, 3, 25), last=date(2017, 3, 31))
    assert (alert.title, AlertFiring.objects.get().value, "still speaks" in page) == (
        "Net sales, The last 7 days",
        week,
        True,
    )


def test_a_fall_is_written_as_a_percentage(house):
    house.client("east").post(reverse("figures_alert_new"), alert_form(house, breach="falls", limit="10"))
    alert = Alert.objects.get()
    listed = text_of(house.client("east").get(reverse("figures_alerts")))
    assert (alert.limit, "falls by more than 10.0%" in listed) == (Decimal("0.1"), True)


def test_an_alert_for_a_unit_that_the_owner_does_not_see_is_refused(house):
    form = alert_form(house, owner=house.people["east"].pk, unit=house.units["west"].pk)
    answer = house.client("analyst").post(reverse("figures_alert_new"), form)
    assert (answer.status_code, "does not see this unit" in text_of(answer), Alert.objects.count()) == (
        422,
        True,
        0,
    )


def test_alerts_of_foreign_units_are_not_found(house):
    house.client("west").post(
        reverse("figures_alert_new"),
        alert_form(house, unit=house.units["west"].pk, owner=house.people["west"].pk),
    )
    pk = Alert.objects.get().pk
    client = house.client("east")
    answers = [client.get(reverse("figures_alert", args=[pk])).status_code]
    answers += [
        client.post(reverse(f"figures_alert_{verb}", args=[pk])).status_code for verb in ("look", "removal")
    ]
    assert answers == [404, 404, 404]


def test_a_changed_alert_keeps_the_history_of_the_former_one(house):
    client = house.client("east")
    client.post(reverse("figures_alert_new"), alert_form(house))
    first = Alert.objects.get()
    client.post(reverse("figures_alert", args=[first.pk]), alert_form(house, limit="99999", title="Huge"))
    first.refresh_from_db()
    second = Alert.objects.exclude(pk=first.pk).get()
    assert (first.retired_at is None, second.title, second.limit) == (False, "Huge", Decimal(99999))


def test_an_alert_is_watched_no_longer(house):
    client = house.client("east")
    client.post(reverse("figures_alert_new"), alert_form(house))
    pk = Alert.objects.get().pk
    client.post(reverse("figures_alert_removal", args=[pk]))
    page = text_of(client.get(reverse("figures_alert", args=[pk])))
    assert ("No longer watched since" in page, "Look now" in page) == (True, False)


# -- own metrics ------------------------------------------------------------------------------


def metric_form(**changes):
    form = {
        "title": "生鮮銷售", "title_en": "Fresh sales", "code": "fresh_sales", "meaning": "生鮮的銷售淨額。",
        "meaning_en": "Net sales of produce.", "shape": "one", "unit": "money", "digits": "2", "better": "up",
        "nothing": "zero", "family": "sales", "owner": "p-analyst",
        "first-what": "sum:order_lines.net_sales", "first-field_0": "department", "first-op_0": "in",
        "first-values_0": "PRODUCE", "second-what": "",
    }  # fmt: skip
    return {**form, **changes}


def produce(house) -> Decimal:
    return sum((line["net_sales"] for line in house.lines if line["product_id"] == 1), Decimal(0))


def test_a_metric_is_looked_at_before_it_is_kept(house):
    answer = house.client("analyst").post(reverse("figures_metric_new"), metric_form(look="1"))
    text = text_of(answer)
    assert (answer.status_code, "Fresh sales US$" in text, CustomMetric.objects.count()) == (200, True, 0)


@pytest.mark.parametrize("button", [{}, {"look": "1"}])
@pytest.mark.parametrize("op", ["in", "not in"])
def test_a_metric_of_values_that_do_not_exist_is_refused_with_near_ones(house, button, op):
    form = metric_form(**{"first-values_0": "PRODUCE, PRODUCE2", "first-op_0": op}, **button)
    answer = house.client("analyst").post(reverse("figures_metric_new"), form)
    text = text_of(answer)
    assert (answer.status_code, CustomMetric.objects.count()) == (422, 0)
    assert "“PRODUCE2” does not exist, or lies outside what you see. Did you mean: PRODUCE?" in text


def test_the_second_figure_of_a_metric_is_asked_for_its_values_too(house):
    form = metric_form(
        **{
            "shape": "ratio", "second-what": "count:order_lines", "second-field_0": "department",
            "second-op_0": "in", "second-values_0": "DAIRI",
        }
    )  # fmt: skip
    text = text_of(house.client("analyst").post(reverse("figures_metric_new"), form))
    assert "“DAIRI” does not exist, or lies outside what you see. Did you mean: DAIRY?" in text


def test_a_metric_defined_in_the_form_answers_like_the_rows_by_hand(house):
    client = house.client("analyst")
    client.post(reverse("figures_metric_new"), metric_form())
    answer = client.get(
        reverse("figures_explorer"), {"metric": "fresh_sales", "period": "2017", "export": "csv"}
    )
    assert answer.content.decode("utf-8-sig").splitlines()[1] == f"{produce(house)}00,USD"


def test_a_ratio_of_a_metric_and_a_count(house):
    client = house.client("analyst")
    form = metric_form(
        code="per_outlet", shape="ratio", **{"first-what": "metric:net_sales", "first-field_0": "",
        "second-what": "distinct:order_lines.outlet_id"},
    )  # fmt: skip
    client.post(reverse("figures_metric_new"), form)
    answer = client.get(
        reverse("figures_explorer"), {"metric": "per_outlet", "period": "2017", "export": "csv"}
    )
    assert (
        Decimal(answer.content.decode("utf-8-sig").splitlines()[1].removesuffix(",USD"))
        == sum((line["net_sales"] for line in house.lines if line["currency"] == "USD"), Decimal(0)) / 2
    )


def test_a_change_is_a_new_version_and_the_form_shows_the_present_one(house):
    client = house.client("analyst")
    client.post(reverse("figures_metric_new"), metric_form())
    address = reverse("figures_metric_edit", args=["fresh_sales"])
    shown = text_of(client.get(address))
    client.post(address, metric_form(**{"first-values_0": "DAIRY"}))
    versions = list(CustomMetric.objects.order_by("version").values_list("version", "spec__where__0__values"))
    assert ('value="PRODUCE"' in shown, versions) == (True, [(1, ["PRODUCE"]), (2, ["DAIRY"])])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "Fresh Sales"}, "A name is made of small letters"),
        ({"code": "net_sales"}, "is the name of a shipped metric"),
        ({"shape": "ratio"}, "Choose the second figure"),
        ({"first-field_0": "mailer"}, "mailer"),
        ({"first-op_0": ">", "first-values_0": "many"}, "compares with one number"),
        ({"first-values_0": ""}, "names no value"),
        ({"title": ""}, "This field is required"),
        ({"first-what": "sum:order_lines.net_sales; DROP TABLE"}, "Select a valid choice"),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused_in_the_form(house, changes, sentence):
    answer = house.client("analyst").post(reverse("figures_metric_new"), metric_form(**changes))
    assert (answer.status_code, sentence in text_of(answer), CustomMetric.objects.count()) == (422, True, 0)


def test_who_may_not_define_metrics_is_refused(house):
    answer = house.client("east").post(reverse("figures_metric_new"), metric_form())
    assert (answer.status_code, CustomMetric.objects.count()) == (403, 0)


def test_a_metric_is_retired_and_shipped_ones_are_not(house):
    client = house.client("analyst")
    client.post(reverse("figures_metric_new"), metric_form())
    answers = [
        client.post(reverse("figures_metric_removal", args=[name])).status_code
        for name in ("fresh_sales", "net_sales")
    ]
    assert (answers, client.get(reverse("figures_metric", args=["fresh_sales"])).status_code) == (
        [302, 404],
        404,
    )


def test_a_metric_of_another_is_changed_by_its_maker_or_for_the_whole_organisation(house):
    house.client("analyst").post(reverse("figures_metric_new"), metric_form())
    browser, changed = house.client("west"), metric_form(**{"first-values_0": "DAIRY"})
    page, edit, removal = (
        reverse(f"figures_metric{what}", args=["fresh_sales"]) for what in ("", "_edit", "_removal")
    )
    refused = browser.post(edit, changed)
    anew = browser.post(reverse("figures_metric_new"), changed)
    browser.post(removal)
    assert (refused.status_code, anew.status_code) == (403, 422)
    assert all("was defined by analyst" in text_of(answer) for answer in (refused, anew))
    assert list(CustomMetric.objects.values_list("version", "retired_at")) == [(1, None)]
    assert [edit in text_of(house.client(who).get(page)) for who in ("west", "director")] == [False, True]
    house.client("director").post(removal)
    assert CustomMetric.objects.filter(retired_at=None).count() == 0
