"""Budgets through the pages: granted from zero, entered, stopped with the reason, released, imported."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from remit.org.queries.today import today
from remit.planning.models import Budget, BudgetEntry, BudgetLine, Release, ReleaseRule

from .planned import department
from .test_release_rules import trade


@pytest.fixture
def house(db):
    return department()


def post(client, name, *args, status=302, **data):
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def granted(house, browse, **more):
    dora, year = browse("dora"), today().year
    post(
        dora, "budgets_new", title="Year", unit=house.units["shop"].pk, starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31), total="1000", on_request="warn", on_order="stop", on_invoice="stop",
    )  # fmt: skip
    words = {"need": "Films", "evidence": "ROI 1.4", "alternative": "Posters"}
    post(
        dora, "budgets_line_new", Budget.objects.get().pk, title="Films", code="films", channel="video",
        owner=house["ana"].pk, granted="1000", **words, **more,
    )  # fmt: skip
    return BudgetLine.objects.get()


def move(client, line, amount, stage="order", status=302, **more):
    more = {"on": today(), "currency": "", **more}
    return post(client, "budgets_movement", line.pk, stage=stage, amount=amount, status=status, **more)


def test_its_owner_orders_and_is_stopped_with_the_reason_and_the_clause(house, browse):
    line, ana = granted(house, browse), browse("ana")
    move(ana, line, "700", reference="PO-1")
    said = move(ana, line, "1", status=422)
    assert "Its reserve holds 300.00" in said
    assert "H4.2.2" in said
    (order,) = BudgetEntry.objects.all()
    move(ana, line, "600", stage="invoice", draws_on=order.pk)
    post(ana, "budgets_back", order.pk)
    line.refresh_from_db()
    assert (line.committed, line.spent) == (0, 600)
    page = ana.get(reverse("budgets_line", args=[line.pk])).content.decode()
    assert "PO-1" in page


def test_a_release_is_asked_for_on_the_page_and_its_request_opens(house, browse):
    line = granted(house, browse)
    post(browse("ana"), "budgets_release", line.pk, amount="301", reason="ROI 1.8", status=422)
    post(browse("ana"), "budgets_release", line.pk, amount="100", reason="ROI 1.8")
    row = Release.objects.get()
    page = browse("dora").get(reverse("approvals_inbox")).content.decode()
    assert "Films" in page
    post(browse("ana"), "budgets_release_drop", row.pk)
    row.refresh_from_db()
    assert row.state == "dropped"


def test_actuals_come_as_a_file_or_pasted_and_nothing_is_half_done(house, browse):
    line, dora = granted(house, browse), browse("dora")
    rows = f"預算列,日期,金額,憑證號\nfilms,{today()},300,A-1\n"
    upload = SimpleUploadedFile("actuals.csv", rows.encode("gb18030"))
    post(dora, "budgets_actuals", line.budget_id, file=upload)
    said = post(dora, "budgets_actuals", line.budget_id, text=rows + f"none,{today()},1,B\n", status=422)
    assert "Row 3: the budget has no line “none”." in said
    said = post(dora, "budgets_actuals", line.budget_id, text="line,day\n", status=422)
    assert "There are no rows" in said
    line.refresh_from_db()
    assert line.spent == Decimal(300)


def test_others_neither_grant_nor_spend(house, browse):
    line = granted(house, browse)
    analyst = browse("ana")
    assert analyst.get(reverse("budgets_new")).status_code == 403
    assert analyst.post(reverse("budgets_total", args=[line.budget_id]), {"total": 1}).status_code == 403
    assert browse("ben").get(reverse("budgets_line", args=[line.pk])).status_code == 404
    post(browse("dora"), "budgets_total", line.budget_id, total="900", status=422)
    post(browse("dora"), "budgets_line_remove", line.pk)
    post(browse("dora"), "budgets_total", Budget.objects.get().pk, total="900")
    assert Budget.objects.get().total == 900


def test_a_rule_is_written_tried_and_made_live_by_who_keeps_the_budget(house, browse, lake_folder):
    line = granted(house, browse)
    terms = {
        "metric": "sales_per_spend", "counted": "baskets", "planned": "1", "factor": "1.2", "days": 7,
        "count_min": 10, "cooldown_days": 7,
    }  # fmt: skip
    said = post(browse("ana"), "budgets_rule_new", line.pk, status=422, amount="301", **terms)
    assert "holds 300.00" in said
    post(browse("ana"), "budgets_rule_new", line.pk, amount="100", **terms)
    rule = ReleaseRule.objects.get()
    post(browse("ana"), "budgets_rule_trial", rule.pk)
    page = browse("ana").get(reverse("budgets_rule", args=[rule.pk])).content.decode()
    assert "Not tried yet" in page  # there are no data
    trade(house, range(14), sales=20)
    trade(house, range(14, 28), sales=40)
    post(browse("ana"), "budgets_rule_trial", rule.pk)
    page = browse("ana").get(reverse("budgets_rule", args=[rule.pk])).content.decode()
    assert "it would have fired 2 times" in page
    assert "Make it live" not in page
    assert "makes it live" in page  # so that ana does not look for the button in vain
    post(browse("ana"), "budgets_rule_start", rule.pk, status=403)
    post(browse("dora"), "budgets_rule_start", rule.pk)
    rule.refresh_from_db()
    assert rule.state == "live"
    post(browse("ana"), "budgets_rule_end", rule.pk)
    rule.refresh_from_db()
    assert rule.state == "ended"
