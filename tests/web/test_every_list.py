"""Every list of the product hands its rows out as CSV and as XLSX, with rows of every kind in it."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

import remit.web
from remit.audit import guard
from remit.jobs.actions.job import queue_job
from remit.org.models import Person
from remit.planning.models import BudgetLine
from remit.web.lists import Listing
from tests.company import AT, load_companies
from tests.web.contents import browser
from tests.web.other_units import Others, bring_wrong_rows, keep_things_of_others
from tests.web.test_doors import ROWS

pytestmark = pytest.mark.django_db
MADE = re.compile(r"\bListing\(\s*request")
ABOUT_ONE = {"series_meetings"}  # stands on the page of one series
# Campaigns have to be measured first, and meetings show what comes: their own tests fill these.
EMPTY_HERE = {"effects", "meetings", "scores"}


@pytest.fixture(scope="module")
def others(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Others]:
    """Two companies in which the director keeps something of everything; tables are emptied afterwards."""
    home = tmp_path_factory.mktemp("every-list")
    with override_settings(LAKE_URL=str(home / "lake"), FILES_ROOT=home / "files"):
        with django_db_blocker.unblock():
            load_companies(home / "in")
            found = keep_things_of_others(home / "in")
            bring_wrong_rows(home / "in", "journey")
            director = Person.objects.get(email="director@demo.example")
            queue_job(kind="import", by=director, at=AT)
        yield found
        with django_db_blocker.unblock():
            guard.remove(connection)
            call_command("flush", interactive=False, verbosity=0)


def listings(client: Client, address: str) -> list[Listing]:
    """The lists that a page draws."""
    answer = client.get(address)
    found = {}
    for context in answer.context or ():
        for value in context.flatten().values() if hasattr(context, "flatten") else context.values():
            if isinstance(value, Listing):
                found[value.name, value.prefix] = value
    return list(found.values())


def pages() -> list[str]:
    """Every page about nothing in particular, and one that has a list about one thing."""
    plain = [
        row["name"] for row in ROWS if row["method"] == "GET" and not row["args"] and row["admin"] == "200"
    ]
    line = reverse("budgets_line", args=[BudgetLine.objects.get(code="kept").pk])
    return [*map(reverse, sorted(set(plain))), line]


def rows_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.mark.slow
def test_every_list_goes_out_as_csv_and_xlsx(others):
    cache.clear()
    client = browser("director")
    names, wrong = set(), {}
    for address in pages():
        for listing in listings(client, address):
            names.add(listing.name)
            every = ",".join(column.key for column in listing.columns)
            for form, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
                answer = client.get(listing.url(cols=every, export=form))
                body = answer.getvalue()
                if answer.status_code != 200 or not body.startswith(start):
                    wrong[address, form] = answer.status_code
                elif form == "csv" and len(rows_of(body)) != listing.total + 1:
                    wrong[address, form] = len(rows_of(body))
    assert wrong == {}
    source = "\n".join(path.read_text("utf-8") for path in Path(remit.web.__file__).parent.rglob("*.py"))
    assert len(names | ABOUT_ONE) == len(MADE.findall(source)), sorted(names)


@pytest.mark.slow
def test_no_list_is_empty_when_it_is_tried(others):
    """Else an export that fails on its first row would pass."""
    cache.clear()
    client = browser("director")
    empty = {each.name for address in pages() for each in listings(client, address) if not each.total}
    assert empty == EMPTY_HERE


def test_a_moment_goes_out_by_the_company_s_clock(others):
    cache.clear()
    client = browser("director")
    (head, first, *_rest) = rows_of(client.get(reverse("imports_list"), {"export": "csv"}).content)
    due = datetime.fromisoformat(first[[*map(str.lower, head)].index("handed in")])
    assert due.utcoffset() is not None
    book = client.get(reverse("imports_list"), {"export": "xlsx"})
    assert book.status_code == 200
