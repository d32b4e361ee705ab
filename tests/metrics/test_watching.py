"""Targets and alerts: what a figure should reach, and when it passes a limit."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from remit.audit.models import Event
from remit.core.period import Period
from remit.lake.queries import the_lake
from remit.metrics.actions import look_at_alerts, remove_target, retire_alert, set_alert, set_target
from remit.metrics.actions.alert import AlertUnclear
from remit.metrics.actions.target import TargetUnclear
from remit.metrics.deciding import Clear, Fire, decide_firings, part_text
from remit.metrics.models import AlertFiring, Target
from remit.metrics.queries.alerts import alerts_of, open_firings
from remit.metrics.queries.targets import nearest_target, targets_for
from remit.metrics.rules import can_change_alert, can_set_alerts, can_set_targets, targets_visible_to
from remit.notices.models import Notice
from remit.org.enums import Ability
from tests.rooms import AT, Organisation

from .small import put

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
TODAY = date(2026, 3, 1)


@pytest.fixture
def defining(organisation: Organisation) -> Any:
    return organisation.person("group", (Ability.DEFINE_FIGURES,))


def sell(house: Organisation, key: str, day: date, *amounts: str, unit: str = "grocer") -> None:
    """One line each, in the company's books."""
    company = house.units[unit]
    rows = [
        {
            "import_id": 1, "unit_id": company.pk, "order_code": f"{key}{n}", "line_code": "1",
            "sold_on": day,
            "net_sales": Decimal(amount), "currency": company.currency,
        }
        for n, amount in enumerate(amounts)
    ]  # fmt: skip
    put(the_lake(), "order_lines", rows, key=key)


# -- deciding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "zh", "en"),
    [
        ("", "", ""),
        ("department=unknown", "部門：不明", "Department: unknown"),
        (
            "department=MEAT, FISH=2,weekday=1",
            "部門：MEAT, FISH=2、星期：週一",
            "Department: MEAT, FISH=2, Weekday: Mon",
        ),
        ("week=2026-03-02", "週：2026年3月2日", "Week: 2 Mar 2026"),
    ],
)
def test_the_part_that_an_alert_speaks_of_is_said_in_words(part: str, zh: str, en: str) -> None:
    said = part_text(part)
    assert (said.zh_hant, said.en) == (zh, en)


@pytest.mark.parametrize(
    ("breach", "limit", "figures", "already", "intents"),
    [
        ("below", "10", {"": "9.99"}, (), [Fire("", Decimal("9.99"))]),
        ("below", "10", {"": "10"}, (), []),
        ("below", "10", {"": "9"}, ("",), []),
        ("below", "10", {"": "11"}, ("",), [Clear("", Decimal(11))]),
        ("below", "10", {"": None}, ("",), []),
        ("above", "0.2", {"a": "0.3", "b": "0.1"}, ("b",),
         [Fire("a", Decimal("0.3")), Clear("b", Decimal("0.1"))]),
        ("falls", "0.1", {"": "-0.11"}, (), [Fire("", Decimal("-0.11"))]),
        ("falls", "0.1", {"": "-0.10"}, (), []),
        ("rises", "0.1", {"": "-0.5"}, (), []),
        ("rises", "0.1", {"": "0.5"}, (), [Fire("", Decimal("0.5"))]),
    ],
)  # fmt: skip
def test_an_alert_fires_once_per_breach_and_clears_once(
    breach: str, limit: str, figures: dict[str, Any], already: tuple[str, ...], intents: list[Any]
) -> None:
    read = {part: None if value is None else Decimal(value) for part, value in figures.items()}
    assert list(decide_firings(read, already, breach, Decimal(limit))) == intents


# -- alerts ------------------------------------------------------------------------------------


def test_an_alert_tells_its_owner_once_until_it_is_over(organisation: Organisation, defining: Any) -> None:
    sell(organisation, "low", TODAY, "40")
    alert = set_alert(
        title="Slow day", question={"metrics": ["net_sales"], "period": "last 1 day"}, breach="below",
        limit=Decimal(100), unit=organisation.units["grocer"], owner=defining, by=defining, at=AT,
    )  # fmt: skip
    assert look_at_alerts(at=AT) == {"looked_at": 1, "fired": 1, "cleared": 0, "failed": 0}
    assert look_at_alerts(at=AT) == {"looked_at": 1, "fired": 0, "cleared": 0, "failed": 0}
    notice = Notice.objects.get(person=defining)
    assert notice.fields["value"] == "40"
    assert [one.value for one in open_firings(defining)] == [Decimal(40)]
    assert alerts_of(defining).get().open == 1
    sell(organisation, "more", TODAY, "90")
    assert look_at_alerts(at=AT + timedelta(hours=1)) == {
        "looked_at": 1,
        "fired": 0,
        "cleared": 1,
        "failed": 0,
    }
    assert list(open_firings(defining)) == []
    sell(organisation, "next", TODAY + timedelta(days=1), "5")
    assert look_at_alerts(at=AT + timedelta(days=1))["fired"] == 1
    assert Notice.objects.filter(person=defining).count() == 2
    names = Event.objects.filter(subject=f"alert:{alert.pk}", name__startswith="metrics.").order_by("pk")
    assert list(names.values_list("name", flat=True)) == [
        "metrics.alert.set", "metrics.alert.fired", "metrics.alert.cleared", "metrics.alert.fired",
    ]  # fmt: skip


def test_an_alert_looks_with_the_eyes_of_its_owner(organisation: Organisation, defining: Any) -> None:
    sell(organisation, "us", TODAY, "40")
    sell(organisation, "tw", TODAY, "9000", unit="market")
    owner = organisation.person("market")
    question = {"metrics": ["lines"], "period": "all"}
    set_alert(
        title="Any", question=question, breach="above", limit=Decimal(0),
        unit=organisation.units["group"], owner=owner, by=defining, at=AT,
    )  # fmt: skip
    look_at_alerts(at=AT)
    assert AlertFiring.objects.get().value == 1


def test_a_fall_is_measured_against_the_period_before(organisation: Organisation, defining: Any) -> None:
    sell(organisation, "start", TODAY - timedelta(days=20), "1")
    sell(organisation, "a", TODAY - timedelta(days=10), "100")
    sell(organisation, "b", TODAY, "70")
    set_alert(
        title="Falling", question={"metrics": ["net_sales"], "period": "last 1 week"}, breach="falls",
        limit=Decimal("0.2"), unit=organisation.units["grocer"], owner=defining, by=defining, at=AT,
    )  # fmt: skip
    assert look_at_alerts(at=AT)["fired"] == 1
    assert AlertFiring.objects.get().value == Decimal("-0.3")
    said = Notice.objects.get(person=defining).fields
    assert (said["value"], said["limit"]) == ("-30.0 %", "20.0 %")


def test_each_part_of_a_question_fires_for_itself(organisation: Organisation, defining: Any) -> None:
    sell(organisation, "us", TODAY, "40", "50")
    sell(organisation, "tw", TODAY, "9000", unit="market")
    set_alert(
        title="Few lines", question={"metrics": ["lines"], "by": ["currency"]}, breach="below",
        limit=Decimal(2), unit=organisation.units["group"], owner=defining, by=defining, at=AT,
    )  # fmt: skip
    look_at_alerts(at=AT)
    assert [one.part for one in AlertFiring.objects.all()] == ["currency=TWD"]


def test_one_alert_that_cannot_be_asked_stops_no_other(organisation: Organisation, defining: Any) -> None:
    sell(organisation, "us", TODAY, "40")
    given = {"unit": organisation.units["grocer"], "owner": defining, "by": defining, "at": AT}
    bad = set_alert(
        title="Hours",
        question={"metrics": ["lines"], "by": ["hour"]},
        breach="above",
        limit=Decimal(0),
        **given,
    )
    set_alert(title="Lines", question={"metrics": ["lines"]}, breach="above", limit=Decimal(0), **given)
    assert look_at_alerts(at=AT) == {"looked_at": 2, "fired": 1, "cleared": 0, "failed": 1}
    bad.refresh_from_db()
    assert "no time of day" in bad.problem


def test_a_retired_alert_is_looked_at_no_more(organisation: Organisation, defining: Any) -> None:
    sell(organisation, "us", TODAY, "40")
    alert = set_alert(
        title="Lines", question={"metrics": ["lines"]}, breach="above", limit=Decimal(0),
        unit=organisation.units["grocer"], owner=defining, by=defining, at=AT,
    )  # fmt: skip
    look_at_alerts(at=AT)
    retire_alert(alert=alert, by=defining, at=AT)
    retire_alert(alert=alert, by=defining, at=AT)
    assert look_at_alerts(at=AT)["looked_at"] == 0
    assert list(open_firings(defining)) == []
    assert Event.objects.filter(name="metrics.alert.retired").count() == 1


def test_two_open_firings_of_one_part_are_impossible(organisation: Organisation, defining: Any) -> None:
    alert = set_alert(
        title="Lines", question={"metrics": ["lines"]}, breach="above", limit=Decimal(0),
        unit=organisation.units["grocer"], owner=defining, by=defining, at=AT,
    )  # fmt: skip
    row = {"alert": alert, "value": 1, "limit": 0, "fired_at": AT}
    AlertFiring.objects.create(**row)
    with pytest.raises(IntegrityError):
        AlertFiring.objects.create(**row)


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("title", {"title": " "}),
        ("exactly one metric", {"question": {"metrics": ["lines", "units"]}}),
        ("no metric", {"question": {"metrics": ["line"]}}),
        ("does not know scope", {"question": {"metrics": ["lines"], "scope": "everything"}}),
        ("condition", {"breach": "maybe"}),
        ("positive share", {"breach": "falls", "limit": Decimal(-1)}),
        ("is not a period", {"question": {"metrics": ["lines"], "period": "soon"}}),
    ],
)
def test_an_unclear_alert_is_refused(
    words: str, change: dict[str, Any], organisation: Organisation, defining: Any
) -> None:
    given: dict[str, Any] = {
        "title": "t", "question": {"metrics": ["lines"]}, "breach": "above", "limit": Decimal(1),
        "unit": organisation.units["grocer"], "owner": defining, "by": defining, "at": AT,
    }  # fmt: skip
    with pytest.raises(AlertUnclear, match=words):
        set_alert(**{**given, **change})


def test_who_may_set_and_change_alerts(organisation: Organisation, defining: Any) -> None:
    units = organisation.units
    east, other = organisation.person("east"), organisation.person("grocer")
    assert can_set_alerts(east, units["east"], east)
    assert not can_set_alerts(east, units["west"], east)
    assert not can_set_alerts(east, units["east"], other)
    assert can_set_alerts(defining, units["east"], east)
    alert = set_alert(
        title="t", question={"metrics": ["lines"]}, breach="above", limit=Decimal(1), unit=units["east"],
        owner=east, by=defining, at=AT,
    )  # fmt: skip
    assert [bool(can_change_alert(one, alert)) for one in (east, defining, other)] == [True, True, False]


# -- targets -----------------------------------------------------------------------------------


def test_a_target_is_set_changed_and_removed_with_a_record(organisation: Organisation, defining: Any) -> None:
    place = {"metric": "net_sales", "unit": organisation.units["grocer"], "period": MARCH}
    given = {**place, "owner": defining, "by": defining, "at": AT}
    target = set_target(value=Decimal(100), **given)
    assert target.currency == "USD"
    assert set_target(value=Decimal(120), **given).pk == target.pk
    events = Event.objects.filter(name="metrics.target.set").order_by("pk")
    assert [(one.fields["before"], one.fields["value"]) for one in events][1][0].startswith("100")
    remove_target(target=target, by=defining, at=AT)
    assert Target.objects.count() == 0


def test_the_nearest_target_above_counts_where_a_unit_has_none(
    organisation: Organisation, defining: Any
) -> None:
    units = organisation.units
    for unit, value in (("group", 10), ("grocer", 20)):
        set_target(
            metric="basket_value", unit=units[unit], period=MARCH, value=Decimal(value), currency="USD",
            owner=defining, by=defining, at=AT,
        )  # fmt: skip
    assert nearest_target(defining, "basket_value", units["east"], MARCH).value == 20
    assert nearest_target(defining, "basket_value", units["market"], MARCH).value == 10
    assert nearest_target(defining, "net_sales", units["east"], MARCH) is None
    found = targets_for(defining, ["basket_value"], None, MARCH)
    assert [one.unit.code for one in found] == ["group", "grocer"]


def test_targets_follow_the_units_that_one_sees(organisation: Organisation, defining: Any) -> None:
    units = organisation.units
    set_target(
        metric="lines",
        unit=units["grocer"],
        period=MARCH,
        value=Decimal(5),
        owner=defining,
        by=defining,
        at=AT,
    )
    assert targets_visible_to(organisation.person("grocer")).count() == 1
    assert targets_visible_to(organisation.person("east")).count() == 0
    assert can_set_targets(defining, units["east"])
    assert not can_set_targets(organisation.person("east"), units["east"])


def test_an_unclear_target_is_refused(organisation: Organisation, defining: Any) -> None:
    given = {"period": MARCH, "value": Decimal(1), "owner": defining, "by": defining, "at": AT}
    with pytest.raises(TargetUnclear, match="no metric"):
        set_target(metric="nothing", unit=organisation.units["grocer"], **given)
    with pytest.raises(TargetUnclear, match="currency"):
        set_target(metric="net_sales", unit=organisation.units["group"], **given)
