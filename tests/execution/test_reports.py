"""Three levels of watching: on their days, once, for who reads them, with what is so in their unit only."""

import zlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from remit.audit.models import Event
from remit.execution.actions.report import make_report, make_reports
from remit.execution.models import Report
from remit.execution.queries.watching import content_of
from remit.execution.report_rules import reports_visible_to
from remit.execution.watching import KINDS, SECTIONS, is_due, key_of
from remit.files.rules import files_visible_to
from remit.governance.actions.content_item import add_content
from remit.notices.models import Notice
from remit.org.models import Person
from remit.org.working_days import WorkingCalendar
from remit.web.printing import lacking
from remit.web.reports.keeping import make_and_keep
from remit.web.reports.printing import printed
from remit.web.reports.shown import sections_of
from tests.company import DAY_LINES, OUTLETS, PRODUCTS, bring

from ..governance.conftest import AT
from ..planning.planned import approved, department, plan_of, submitted

pytestmark = pytest.mark.django_db
CHINA = WorkingCalendar("CN")
ON = date(2026, 3, 2)  # a Monday and the first working day of March


@pytest.fixture
def house(db, lake_folder):
    found = department()
    Person.objects.create(email="admin@demo.example", name="importer")  # whom ``bring`` imports as
    return found


@pytest.fixture
def browse(house):
    def client(name: str, language: str = "en") -> Client:
        found = Client(HTTP_ACCEPT_LANGUAGE=language)
        found.force_login(house[name])
        return found

    return client


def sold(folder, unit: str = "east", days: int = 14) -> None:
    """70 a day in the first week, 100 in the second."""
    bring(folder, "shop", "outlets", OUTLETS, [("ONE", unit, "One", "East", "store", 100)])
    bring(folder, "shop", "products", PRODUCTS, [("TEA", "Tea", "T", "T", "T", "T", "T", "1", "piece")])
    first = date(2026, 2, 10)
    rows = [
        (first + timedelta(days=n), f"R{n}", 1, "ONE", "", "TEA", 1, 70 if n < 7 else 100, 0)
        for n in range(days)
    ]
    bring(folder, "shop", "order_lines", DAY_LINES, rows)


# -- on their days --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "weekly", "monthly"),
    [
        (date(2026, 3, 2), True, True),  # Monday, first working day of March
        (date(2026, 3, 1), True, False),  # Sunday; its week has had a working day
        (date(2026, 4, 6), False, True),  # Monday of Qingming
        (date(2026, 4, 7), True, True),
        (date(2026, 10, 5), False, False),  # in the Golden Week
        (date(2026, 10, 8), True, True),
    ],
)
def test_a_review_comes_with_the_first_working_day_of_its_week_or_month(day, weekly, monthly):
    assert (is_due("weekly", day, CHINA), is_due("monthly", day, CHINA)) == (weekly, monthly)
    assert is_due("daily", day, CHINA)


def test_each_day_week_and_month_has_one_key():
    assert [key_of(kind, date(2027, 1, 1)) for kind in KINDS] == ["2027-01-01", "2026-W53", "2027-01"]


def test_each_kind_is_made_once_for_each_unit_in_which_somebody_reads_it(house):
    made = {(report.kind, report.unit.code) for report in make_reports(at=AT)}
    assert made == {
        ("daily", "shop"), ("daily", "east"), ("weekly", "shop"), ("weekly", "east"), ("monthly", "group"),
        ("monthly", "shop"), ("monthly", "east"),
    }  # fmt: skip
    assert make_reports(at=AT + timedelta(hours=3)) == []
    tomorrow = make_reports(at=AT + timedelta(days=1))
    assert {report.kind for report in tomorrow} == {"daily"}
    assert Event.objects.filter(name="planning.report.made").count() == len(made) + len(tomorrow)


def test_those_whose_position_reads_it_are_told(house):
    make_reports(at=AT)
    told = {
        (notice.person.name, notice.text.split()[1])
        for notice in Notice.objects.filter(key__startswith="report:").select_related("person")
    }
    assert told == {
        ("ana", "daily"), ("ben", "daily"), ("dora", "weekly"), ("eva", "weekly"), ("dora", "monthly"),
        ("eva", "monthly"), ("chief", "monthly"), ("fay", "monthly"),
    }  # fmt: skip


# -- what is in them ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_has_the_sections_of_its_kind_also_without_anything_to_say(house, kind):
    content = content_of(house.units["shop"], kind, ON, AT)
    assert tuple(content) == SECTIONS[kind]
    assert not any(part["rows"] for part in content.values())


def test_figures_are_of_the_last_days_with_data_beside_those_before(house, tmp_path):
    sold(tmp_path)
    rows = content_of(house.units["shop"], "weekly", ON, AT)["figures"]["rows"]
    sales = next(row for row in rows if row["title"]["en"] == "Net sales")
    assert (float(sales["value"]), float(sales["before"]), sales["currency"]) == (700, 490, "TWD")
    assert sales["period"] == ["2026-02-17", "2026-02-23"]


def test_above_the_companies_an_amount_still_says_its_currency(house, tmp_path):
    sold(tmp_path)
    rows = content_of(house.units["group"], "weekly", ON, AT)["figures"]["rows"]
    sales = next(row for row in rows if row["title"]["en"] == "Net sales")
    assert (float(sales["value"]), sales["currency"]) == (700, "TWD")


def test_of_two_currencies_each_has_its_row_and_a_share_moves_by_points(house):
    figures = [
        {
            "title": {"zh": "折扣率", "en": "Discount rate"}, "unit": "percent", "better": "down",
            "value": "0.144", "before": before, "currency": currency, "split": True,
            "period": ["2026-02-17", "2026-02-23"], "until": "2026-02-23",
        }
        for currency, before in (("TWD", "0.147"), ("USD", "0"))
    ]  # fmt: skip
    report = make_report(kind="weekly", unit=house.units["group"], on=ON, at=AT)
    report.content = {**report.content, "figures": {"rows": figures, "more": 0}}
    rows = sections_of(report, None)[0].rows
    assert [(row.note[:3], row.facts[2], row.tone) for row in rows] == [
        ("TWD", "−0.3 points", "good"), ("USD", "+14.4 points", "bad"),
    ]  # fmt: skip


def test_a_report_of_a_region_has_nothing_of_another(house, tmp_path):
    sold(tmp_path, unit="east")
    west = content_of(house.units["west"], "weekly", ON, AT)["figures"]["rows"]
    east = content_of(house.units["east"], "weekly", ON, AT)["figures"]["rows"]
    assert not any(float(row["value"]) for row in west)
    assert any(float(row["value"]) for row in east)


def test_campaigns_say_who_owes_the_next_step_and_requests_whose_turn_it_is(house):
    plan = approved(house)
    other = plan_of(house, code="other", title="夏季茶飲", kind="brand", promotion_goal="")
    submitted(house, other)
    content = content_of(house.units["shop"], "daily", ON, AT)
    (row,) = content["plans"]["rows"]
    assert (row["title"], row["who"]["zh"], row["next"]) == (plan.title, "ana", "launch")
    assert [each["title"] for each in content["pending"]["rows"]] == ["夏季茶飲"]
    assert content_of(house.units["west"], "daily", ON, AT)["plans"]["rows"] == []


def test_findings_in_live_content_are_counted_for_the_unit_and_below(house, browse):
    own = {"channel": "shop", "by": house["ana"], "at": AT, "live_at": AT}
    text = {"text": "頂級享受，限時優惠", "title": "秋季", "owner": house["ana"]}
    item = add_content(unit=house.units["east"], **text, **own)
    add_content(unit=house.units["west"], **text, **own)
    (row,) = content_of(house.units["east"], "daily", ON, AT)["content"]["rows"]
    assert (row["ref"], row["count"], row["severity"]) == (f"contentitem:{item.pk}", 2, "stop")
    assert (row["words"], row["since"]) == (["頂級", "限時優惠"], "2026-03-02")
    assert len(content_of(house.units["shop"], "weekly", ON, AT)["content"]["rows"]) == 2
    report = make_report(kind="weekly", unit=house.units["shop"], on=ON, at=AT)
    page = browse("dora").get(reverse("reports_report", args=[report.pk])).content.decode()
    assert "Findings in live content" in page
    assert "頂級, 限時優惠" in page


def test_what_was_said_stays_said(house):
    report = make_report(kind="daily", unit=house.units["shop"], on=ON, at=AT)
    approved(house)
    assert make_report(kind="daily", unit=house.units["shop"], on=ON, at=AT) is None
    assert Report.objects.get(pk=report.pk).content["plans"]["rows"] == []


# -- who reads them, on paper ---------------------------------------------------------------------


def test_a_report_is_for_who_sees_its_unit(house, browse):
    make_reports(at=AT)
    report = Report.objects.get(kind="weekly", unit__code="shop")
    assert report in reports_visible_to(house["dora"])
    assert report not in reports_visible_to(house["eva"])
    for name in ("reports_report", "reports_pdf"):
        assert browse("eva").get(reverse(name, args=[report.pk])).status_code == 404


def test_the_page_says_what_is_so_and_what_is_not(house, browse, tmp_path):
    sold(tmp_path)
    plan = approved(house)
    report = make_report(kind="weekly", unit=house.units["shop"], on=ON, at=AT)
    page = browse("dora").get(reverse("reports_report", args=[report.pk])).content.decode()
    assert ("NT$700" in page, "+42.9%" in page, reverse("plans_plan", args=[plan.pk]) in page) == (
        True,
        True,
        True,
    )
    assert "No duty is overdue" in page
    chinese = browse("dora", "zh-hant").get(reverse("reports_report", args=[report.pk])).content.decode()
    assert ("銷售淨額" in chinese, "週檢視 2026-W10" in chinese) == (True, True)


def test_it_is_kept_as_a_document_for_who_sees_the_unit(house, browse, settings):
    assert lacking() == "", "the documents' tests need pango and Noto CJK: apt-get install fonts-noto-cjk"
    settings.LANGUAGE_CODE = "zh-hant"
    made = make_and_keep(at=AT)
    assert made["kept"] == made["made"] == 7
    report = Report.objects.select_related("document").get(kind="monthly", unit__code="shop")
    assert (report.document.name, report.language) == ("月報告 2026-03 · 商店.pdf", "zh-hant")
    assert report.document in files_visible_to(house["dora"])
    assert report.document not in files_visible_to(house["ben"])
    kept = browse("dora", "zh-hant").get(reverse("reports_pdf", args=[report.pk]))
    assert b"".join(kept.streaming_content).startswith(b"%PDF-")
    english = browse("dora").get(reverse("reports_pdf", args=[report.pk]))
    assert english["Content-Type"] == "application/pdf"
    assert english.content.startswith(b"%PDF-")


def test_the_document_is_set_in_a_chinese_typeface_that_it_carries(house):
    report = make_report(kind="daily", unit=house.units["shop"], on=ON, at=AT)
    drawn = printed(report, "zh-hant")
    streams = [_inflated(part) for part in drawn.split(b"stream\n")[1:]]
    assert b"NotoSansCJK" in drawn + b"".join(streams)


def _inflated(part: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(part)
    except zlib.error:
        return b""


def test_where_nothing_can_be_drawn_the_report_stays_a_page(house, browse, monkeypatch):
    monkeypatch.setenv("PATH", "")  # no fc-list: nobody can tell whether a typeface is there
    lacking.cache_clear()
    try:
        assert make_and_keep(at=AT)["kept"] == 0
        report = Report.objects.first()
        answer = browse("chief").get(reverse("reports_pdf", args=[report.pk]), follow=True)
        assert "No PDF can be made on this machine" in answer.content.decode()
    finally:
        lacking.cache_clear()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(house, browse, count, django_assert_num_queries):
    for number in range(count):
        make_report(kind="daily", unit=house.units["shop"], on=ON + timedelta(days=number), at=AT)
    client = browse("dora")
    client.get(reverse("reports_list"))
    with django_assert_num_queries(8):
        assert client.get(reverse("reports_list")).status_code == 200


def test_days_of_a_unit_are_counted_by_its_own_clock(house):
    late = datetime(2026, 3, 1, 17, tzinfo=UTC)  # already Monday in Taipei
    assert {report.made_on for report in make_reports(at=late) if report.unit.code == "shop"} == {ON}


def test_every_position_that_reads_a_report_ships():
    from remit.execution.watching import AUDIENCE
    from remit.org.positions import SHIPPED_POSITIONS

    known = {position.code for position in SHIPPED_POSITIONS}
    assert {code for codes in AUDIENCE.values() for code in codes} <= known
