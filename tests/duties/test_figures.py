"""Duties in the lake: derived from the database, seen by those of the company."""

from datetime import UTC, date, datetime, timedelta

import pytest

from remit.duties.actions.evidence import accept, deliver, give_evidence, send_back, waive
from remit.duties.actions.publication import Published, publish_duties
from remit.duties.models import Charge, Occurrence, RaciRow
from remit.lake.queries import the_lake
from remit.lake.store import Lake
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.ask import answer
from remit.metrics.engine.question import Question
from remit.org.models import Absence
from remit.org.queries.scopes import scope_of
from tests.lake.rows import table_rows

from .conftest import AT, DAY

METRICS = ("on_time_rate", "returned_rate", "evidence_quality", "duties_load", "duty_coverage")
LATER = datetime(2026, 6, 1, tzinfo=UTC)
SEEN = "place, duty, chapter, due_on, state, on_time, deliveries, returns, evidence_missing, hours"


@pytest.fixture(autouse=True)
def _lake(settings, tmp_path):
    settings.LAKE_URL = str(tmp_path / "lake")


def done(house, one, at, *, returned=False):
    """Delivered by the analyst, perhaps returned once, and accepted by the director."""
    ana, dora = house.people["ana"], house.people["dora"]
    give_evidence(occurrence=one, kind="note", text="Done.", by=ana, at=at)
    deliver(occurrence=one, by=ana, at=at)
    if returned:
        send_back(occurrence=one, reason="No sources.", by=dora, at=at)
        deliver(occurrence=one, by=ana, at=at)
    accept(occurrence=one, by=dora, at=at)


def past(house):
    """March on time, April late and returned once, May waived."""
    charge = house.charge()
    march, april, may = Occurrence.objects.filter(charge=charge).order_by("due_at")[:3]
    done(house, march, march.due_at)
    done(house, april, april.due_at + timedelta(seconds=1), returned=True)
    waive(occurrence=may, reason="Closed.", by=house.people["dora"], at=AT)
    return charge


def figures(person):
    """The five figures as a person sees them; empty when they see no row."""
    question = Question(metrics=METRICS, scope=scope_of(person, DAY))
    (found,) = answer([question], the_lake(), SHIPPED, remember=False)
    rows = found.dicts()
    return [None if v is None else round(float(v), 3) for row in rows for v in row.values()]


def places(person):
    """The units whose coverage the person sees."""
    question = Question(metrics=("duty_coverage",), by=("place",), scope=scope_of(person, DAY))
    (found,) = answer([question], the_lake(), SHIPPED, remember=False)
    return {row["place"] for row in found.dicts()}


def content(lake: Lake):
    return [sorted(table_rows(lake, name, "*"), key=str) for name in ("occurrences", "charges")]


def test_each_due_occurrence_is_one_row_without_names(house):
    past(house)
    publish_duties(at=LATER)
    assert table_rows(the_lake(), "occurrences", SEEN) == [
        ("shop", "T1.1", "T1", date(2026, 3, 20), "accepted", True, 1, 0, 0, 2),
        ("shop", "T1.1", "T1", date(2026, 4, 20), "accepted", False, 2, 1, 0, 2),
        ("shop", "T1.1", "T1", date(2026, 5, 20), "waived", False, 0, 0, 1, 2),
    ]
    assert set(table_rows(the_lake(), "occurrences", "accountable_id")) == {(house.people["dora"].pk,)}


def test_published_in_steps_it_is_the_same_as_published_at_once(house, settings, tmp_path):
    charge = past(house)
    publish_duties(at=datetime(2026, 4, 1, tzinfo=UTC))
    end = Occurrence.objects.filter(charge=charge).order_by("due_at")[3]
    done(house, end, end.due_at)
    house.charge("T1.2", "group", rhythm="weekly", day=5)
    assert publish_duties(at=LATER) == Published(True, True)
    assert publish_duties(at=LATER) == Published(False, False)
    in_steps = content(the_lake())
    settings.LAKE_URL = str(tmp_path / "another")
    publish_duties(at=LATER)
    assert content(the_lake()) == in_steps


def test_what_is_changed_in_the_database_is_changed_in_the_lake(house):
    charge = past(house)
    publish_duties(at=LATER)
    RaciRow.objects.filter(charge=charge).delete()
    assert publish_duties(at=LATER) == Published(False, True)
    assert table_rows(the_lake(), "charges", "has_accountable, has_responsible") == [(False, False)]
    Charge.objects.update(ends_on=date(2026, 5, 1))
    publish_duties(at=LATER)
    assert table_rows(the_lake(), "charges", "duty") == []


def test_the_figures_are_those_of_the_company(house):
    past(house)
    publish_duties(at=LATER)
    assert figures(house.people["dora"]) == [0.5, 0.333, 0.5, 4.0, 1.0]


def test_a_region_or_nobody_sees_no_figures_of_duties(house):
    past(house)
    house.charge("T1.2", "east")
    publish_duties(at=LATER)
    assert figures(house.people["ben"]) == []
    assert figures(house.person("nobody")) == []


def test_what_the_group_owes_is_seen_from_the_group_only(house):
    past(house)
    house.charge("T1.2", "group")
    publish_duties(at=LATER)
    seen = {name: places(house.people[name]) for name in ("chief", "dora", "ben")}
    assert seen == {"chief": {"group", "shop"}, "dora": {"shop"}, "ben": set()}


def test_an_accountable_who_is_away_covers_nothing(house):
    past(house)
    Absence.objects.create(person=house.people["dora"], starts_on=DAY, ends_on=date(2026, 12, 31))
    publish_duties(at=LATER)
    assert figures(house.people["dora"])[-1] == 0.0
