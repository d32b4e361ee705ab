"""Journeys asked from the shell: the file, the page, the answer."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pyarrow as pa
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from remit.audit.models import Event
from remit.lake.queries import the_lake
from remit.lake.tables import TABLES
from remit.org import scopes

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
EVENTS = """user_id,timestamp,what,channel
ann,2024-01-01 10:00:00,view,mail
ann,2024-01-01 10:05:00,cart,search
ann,2024-01-01 10:06:40,pay,
bo,2024-01-01 11:00:00,view,search
bo,2024-01-03 11:00:00,cart,search
,2024-01-03 12:00:00,cart,search
cy,2024-01-09 09:00:00,view,mail
cy,2024-01-09 09:00:30,cart,mail
"""
FUNNEL = """
funnel:
  steps: [view, {event: [cart, basket], name: In the cart}, pay]
  window: 1 day
  breakdown: {column: channel, by: first}
events: {person: user_id, time: timestamp, event: what, zone: Asia/Taipei}
"""
RETENTION = """
retention: {start: view, return: [cart, pay], unit: week, period: 2024-01-01..2024-01-14}
events: {person: user_id, time: timestamp, event: what}
"""
ORDERS = """person,time,event,channel,amount
ann,2024-01-01 10:00:00,visit,mail,
ann,2024-01-02 10:00:00,visit,search,
ann,2024-01-02 10:05:00,pay,,120.50
bo,2024-01-03 10:00:00,visit,mail,
cy,2024-01-03 10:00:00,visit,,
cy,2024-01-03 11:00:00,pay,,nan
"""
HABITS = """
paths: {from: view, steps: 2}
sessions: {gap: 10 minutes, goal: pay}
stickiness: {unit: week, period: 2024-01-01..2024-01-14}
lifecycle: {unit: week, period: 2024-01-01..2024-01-14}
sequence:
  all: [{did: [view, cart], within: 1 day}, {did: pay, not: true}]
events: {person: user_id, time: timestamp, event: what}
"""
ATTRIBUTION = """
attribution: {touches: visit, conversion: pay, channel: channel, window: 7 days, value: amount}
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "events.csv").write_text(EVENTS)
    (tmp_path / "funnel.yaml").write_text(FUNNEL)
    (tmp_path / "retention.yaml").write_text(RETENTION)
    (tmp_path / "habits.yaml").write_text(HABITS)
    (tmp_path / "orders.csv").write_text(ORDERS)
    (tmp_path / "attribution.yaml").write_text(ATTRIBUTION)
    return tmp_path


def asked(kind, spec, events, form="json"):
    out = StringIO()
    call_command("journey", kind, "--spec", str(spec), "--events", str(events), "--format", form, stdout=out)
    return json.loads(out.getvalue()) if form == "json" else out.getvalue()


def test_a_funnel_of_a_file_tells_steps_times_and_breakdown(files):
    found = asked("funnel", files / "funnel.yaml", files / "events.csv")
    assert found["events"] == {"events": 7, "people": 3, "left_out": 1}
    steps = [(s["name"], s["people"], s["of_first"], s["of_previous"]) for s in found["steps"]]
    assert steps == [("view", 3, 1.0, 1.0), ("In the cart", 2, 0.666667, 0.666667), ("pay", 1, 0.333333, 0.5)]
    assert found["steps"][1]["converted"] == {"p10_s": 300, "median_s": 300, "p90_s": 300}
    assert found["time_to_convert"]["classes"] == [{"from_s": 400, "people": 1}]
    assert found["breakdown"] == {
        "column": "channel",
        "by": "first",
        "values": [{"value": "mail", "people": [2, 2, 1]}, {"value": "search", "people": [1, 0, 0]}],
    }
    assert found["notes"] == ["No event is called 'basket'."]
    assert found["loss"]["step"] == {
        "from": "In the cart", "to": "pay", "people": 2, "went_on": 1, "share": 0.5, "elsewhere": 0.666667,
        "p": 1.0, "significant": False,
    }  # fmt: skip
    assert (found["loss"]["value"], found["loss"]["compared"]) == (None, 2)
    assert found["loss"]["sentence"]["zh-hant"].startswith(
        "流失最多的一步是「In the cart」到「pay」：2 人中有 1 人"
    )


def test_values_beyond_the_top_are_told_as_one(files):
    page = FUNNEL.replace("by: first", "by: first, top: 1")
    (files / "funnel.yaml").write_text(page)
    found = asked("funnel", files / "funnel.yaml", files / "events.csv")
    assert found["breakdown"]["others"] == {"values": 1, "people": [1, 0, 0]}


def test_retention_of_a_file_tells_cohorts(files):
    found = asked("retention", files / "retention.yaml", files / "events.csv")
    assert found["cohorts"] == [
        {"from": "2024-01-01", "people": 2, "returned": [2, 0]},
        {"from": "2024-01-08", "people": 1, "returned": [1]},
    ]


def test_attribution_of_a_file_tells_channels_with_conversions_and_value(files):
    found = asked("attribution", files / "attribution.yaml", files / "orders.csv")
    assert found["paths"] == {"converted": 1, "lost": 1}
    value = {"attributed": 120.5, "without_touch": 0.0}
    assert found["conversions"] == {"attributed": 1, "without_touch": 1, "value": value}
    assert found["notes"] == ["1 touches have no channel."]
    mail = next(row for row in found["channels"] if row["channel"] == "mail")
    assert (mail["touches"], mail["removal_effect"]) == (2, 1.0)
    assert (mail["conversions"]["first"], mail["conversions"]["last"]) == (1.0, 0.0)
    assert (mail["value"]["linear"], mail["value"]["markov"]) == (60.25, 60.25)
    table = asked("attribution", files / "attribution.yaml", files / "orders.csv", "table")
    assert "mail           2   100.0%    1.0   0.0     0.5       0.5" in table


def test_paths_of_a_file_tell_links_and_whole_paths(files):
    found = asked("paths", files / "habits.yaml", files / "events.csv")
    assert found["frequent"] == [
        {"path": ["view", "cart"], "people": 2}, {"path": ["view", "cart", "pay"], "people": 1}]  # fmt: skip
    assert found["links"] == [
        {"step": 0, "from": "view", "to": "cart", "people": 3},
        {"step": 1, "from": "cart", "to": None, "people": 2},
        {"step": 1, "from": "cart", "to": "pay", "people": 1},
    ]
    table = asked("paths", files / "habits.yaml", files / "events.csv", "table")
    assert "view → cart             2  66.7%" in table
    (files / "back.yaml").write_text(HABITS.replace("from: view", "to: pay"))
    assert "pay ← cart ← view       1" in asked("paths", files / "back.yaml", files / "events.csv", "table")


def test_sessions_of_a_file_tell_how_many_reach_the_goal(files):
    found = asked("sessions", files / "habits.yaml", files / "events.csv")
    assert (found["count"], found["bounced"]["sessions"], found["goal"]["share"]) == (4, 2, 0.25)
    table = asked("sessions", files / "habits.yaml", files / "events.csv", "table")
    assert "all            4        2     1" in table


def test_stickiness_and_lifecycle_of_a_file_tell_weeks(files):
    found = asked("stickiness", files / "habits.yaml", files / "events.csv")
    assert [(row["people"], row["by_days"]) for row in found["periods"]] == [(2, [1, 1]), (1, [1])]
    assert "2024-01-01       2       0.4       21.4%" in asked(
        "stickiness", files / "habits.yaml", files / "events.csv", "table")  # fmt: skip
    found = asked("lifecycle", files / "habits.yaml", files / "events.csv")
    assert [(row["new"], row["dormant"]) for row in found["periods"]] == [(2, 0), (1, 2)]
    assert "2024-01-08       1    1          0            0        2" in asked(
        "lifecycle", files / "habits.yaml", files / "events.csv", "table")  # fmt: skip


def test_a_sequence_of_a_file_names_the_people(files):
    found = asked("sequence", files / "habits.yaml", files / "events.csv")
    assert (found["people"], found["of"], found["named"]) == (1, 3, ["cy"])
    table = asked("sequence", files / "habits.yaml", files / "events.csv", "table")
    assert table.startswith("1 of 3 people\ncy\n")


def test_a_table_is_for_people(files):
    funnel = asked("funnel", files / "funnel.yaml", files / "events.csv", "table")
    assert "In the cart       2     66.7%        66.7%        300 s     2       0" in funnel
    assert "7 events of 3 people" in funnel
    assert "The step from “In the cart” to “pay” loses most: 1 of 2 people (50.0%) do not go on." in funnel
    assert "1 events lack person, time or name" in funnel
    retention = asked("retention", files / "retention.yaml", files / "events.csv", "table")
    assert "2024-01-01       2  100.0%  0.0%" in retention


@pytest.mark.parametrize(
    ("spec", "events", "sentence"),
    [
        ("none.yaml", "events.csv", "none.yaml cannot be read: No such file or directory."),
        ("funnel.yaml", "none.csv", "none.csv: there is no such file."),
        ("funnel.yaml", "funnel.yaml", "events are read from .parquet, .csv"),
        ("retention.yaml", "events.csv", "has no part 'funnel'; docs/howto/journeys.md shows one."),
        ("broken.yaml", "events.csv", "broken.yaml cannot be read. Line"),
        ("column.yaml", "events.csv", "There is no column in events.csv 'chanel'. Did you mean channel?"),
        ("funnel.yaml", "broken.parquet", "broken.parquet cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do(files, spec, events, sentence):
    (files / "broken.yaml").write_text("funnel: [")
    (files / "column.yaml").write_text(FUNNEL.replace("column: channel", "column: chanel"))
    (files / "broken.parquet").write_text("no Parquet")
    with pytest.raises(CommandError) as refused:
        asked("funnel", files / spec, files / events)
    assert sentence in str(refused.value)


@pytest.fixture
def shops(organisation, files, settings, tmp_path, monkeypatch):
    """A person in each of two companies with one code; the grocer's has events in both of its regions."""
    settings.HOME = tmp_path
    units = organisation.units
    told = [("grocer", "view", 101, "mail"), ("grocer", "cart", 102, "mail"), ("grocer", "pay", 101, "mail"),
            ("market", "view", None, "secret"), ("market", "cart", None, "secret")]  # fmt: skip
    schema = TABLES["events"].schema
    rows = [
        {"import_id": 1, "unit_id": units[unit].pk, "event_code": str(n), "person_code": "7", "event": name,
         "channel": channel, "outlet_id": outlet, "happened_at": MONDAY + timedelta(seconds=n),
         "happened_on": MONDAY.date()}
        for n, (unit, name, outlet, channel) in enumerate(told)
    ]  # fmt: skip
    table = pa.Table.from_pylist([dict.fromkeys(schema.names) | row for row in rows], schema=schema)
    the_lake().append("events", table, source="test", key="1")
    outlets = {units["east"].pk: {101}, units["west"].pk: {102}}
    monkeypatch.setattr(scopes, "_sources", [lambda ids: {o for one in ids for o in outlets.get(one, ())}])
    return organisation


def seen(shops, files, *words, kind="funnel", page=FUNNEL):
    (files / "page.yaml").write_text(page)
    out = StringIO()
    call_command("journey", kind, "--spec", str(files / "page.yaml"), "--events", "lake", "--format", "json",
                 *words, stdout=out)  # fmt: skip
    return json.loads(out.getvalue())


def test_a_person_sees_the_journeys_of_their_company_or_region_and_no_other(shops, files):
    everything = seen(shops, files)
    assert [step["people"] for step in everything["steps"]] == [2, 2, 1]
    grocer, east = shops.person("grocer"), shops.person("east")
    company = seen(shops, files, "--as", grocer.email)
    assert [step["people"] for step in company["steps"]] == [1, 1, 1]
    assert "secret" not in json.dumps(company)
    region = seen(shops, files, "--as", east.email)
    assert [step["people"] for step in region["steps"]] == [1, 0, 0]
    assert region["events"]["events"] == 2
    assert seen(shops, files, "--unit", "east")["events"] == region["events"]
    assert Event.objects.filter(name="org.scope.system_taken").count() == 2
    with pytest.raises(CommandError, match=r"no unit 'market' to be seen. Units: grocer"):
        seen(shops, files, "--as", grocer.email, "--unit", "market")


def test_who_sees_a_region_gets_people_counted_and_not_named(shops, files):
    page = "sequence: {all: [view]}"
    company = seen(shops, files, "--as", shops.person("grocer").email, kind="sequence", page=page)
    assert company["named"] == [f"{shops.units['grocer'].pk} 7"]
    region = seen(shops, files, "--as", shops.person("east").email, kind="sequence", page=page)
    assert (region["people"], region["named"]) == (1, [])
    assert region["notes"] == ["People are named only to who sees their whole company."]


def test_a_file_has_no_scope(files):
    with pytest.raises(CommandError, match="--as and --unit are about the lake; a file is counted whole"):
        call_command("journey", "funnel", "--spec", str(files / "funnel.yaml"), "--events",
                     str(files / "events.csv"), "--unit", "east")  # fmt: skip


@pytest.mark.django_db
def test_the_lake_is_asked_with_a_scope_that_the_record_names(files, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "LAKE_URL", str(tmp_path / "lake"))
    monkeypatch.setattr(settings, "HOME", tmp_path)
    schema = TABLES["events"].schema
    rows = [
        {"import_id": 1, "unit_id": 1, "event_code": str(n), "person_code": "7", "event": name,
         "channel": "mail", "happened_at": MONDAY + timedelta(seconds=n), "happened_on": MONDAY.date()}
        for n, name in enumerate(("view", "cart", "pay"))
    ]  # fmt: skip
    table = pa.Table.from_pylist([dict.fromkeys(schema.names) | row for row in rows], schema=schema)
    the_lake().append("events", table, source="test", key="1")
    found = asked("funnel", files / "funnel.yaml", "lake")
    assert [step["people"] for step in found["steps"]] == [1, 1, 1]
    assert Event.objects.get(name="org.scope.system_taken").fields["reason"] == "remit journey funnel"
