"""Nobody reaches another unit's figures: by page, filter, search, export, file, saved thing, command line.

Two people look: a channel manager of journey-east, and the analyst of tafeng. Three ways to be sure: no word
and no number of others appears; what is forbidden looks like what is missing; and rows that others bring in
change nothing of what one sees.
"""

import io
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from remit.audit import guard
from remit.channels.models import Outlet
from remit.customers.models import Customer
from remit.files.models import StoredFile
from remit.jobs.models import Job
from remit.lake.models import Import, QuarantinedRow
from remit.metrics.models import Alert, Board, SavedQuestion, Target
from remit.notices.models import Notice
from remit.org.models import (
    Assignment,
    Confirmation,
    Mentoring,
    NewcomerPlan,
    NewcomerStep,
    Person,
    Position,
    Successor,
    TemplateStep,
    Unit,
)
from remit.planning.models import Campaign
from remit.products.models import Product
from tests.company import DAY_LINES, LINES, OUTLETS, bring, journey_west, load_companies, tafeng_lines
from tests.web.contents import browser, content_of
from tests.web.other_units import (
    BIG,
    EAST,
    OWN_TARGET,
    TAFENG_ANALYST,
    VIEWERS,
    Others,
    Viewer,
    bring_wrong_rows,
    doors,
    keep_things_of_others,
    knocks,
)

pytestmark = pytest.mark.django_db
PLACE = re.compile(r"\bjourneys\b|(?<=\s)旅程(?=\s)")  # the place of that name, which is nobody's unit
MISSING = 987654321


@pytest.fixture(scope="module")
def others(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Others]:
    """Both companies with what the director keeps, committed; all tables are emptied after the module."""
    home = tmp_path_factory.mktemp("other-units")
    with override_settings(LAKE_URL=str(home / "lake"), FILES_ROOT=home / "files"):
        with django_db_blocker.unblock():
            load_companies(home / "in")
            found = keep_things_of_others(home / "in")
            for unit in ("journey", "tafeng"):
                bring_wrong_rows(home / "in", unit)
        yield found
        with django_db_blocker.unblock():
            guard.remove(connection)
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(params=VIEWERS.values(), ids=VIEWERS)
def viewer(request: pytest.FixtureRequest, others: Others) -> Viewer:
    cache.clear()
    return request.param


def shared() -> dict[str, int]:
    return {
        "board": Board.objects.get(title="Shared board").pk,
        "question": SavedQuestion.objects.get(title="Shared question").pk,
    }


def findings(viewer: Viewer, text: str) -> list[str]:
    """Foreign words and numbers in a text, each with what stands around it."""
    low = PLACE.sub("", OWN_TARGET.sub("", text.lower()))
    places = [low.index(word) for word in viewer.foreign if word in low]
    if viewer.big:
        places += [match.start() for match in BIG.finditer(low)]
    return [low[max(0, place - 30) : place + 40].replace("\n", " ") for place in places[:5]]


# -- nothing of others appears ------------------------------------------------------------------


@pytest.mark.slow
def test_no_page_or_file_holds_a_word_or_a_number_of_another_unit(viewer):
    client = browser(viewer.name)
    found = {}
    for address in doors(viewer, shared()):
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 403, 422), address
        if seen := findings(viewer, content_of(answer)):
            found[address] = seen
    assert found == {}


def test_what_the_viewer_sees_is_not_nothing(viewer):
    own = {"east": ("HARBOUR-E", "Harbour store"), "tafeng": ("NIGHTMARKET-T", "Nightmarket store")}[
        viewer.name
    ]
    page = browser(viewer.name).get(
        reverse("figures_explorer"), {"metric": "net_sales", "by": "outlet", "export": "csv"}
    )
    assert all(word in content_of(page) for word in own)


# -- what is forbidden looks like what is missing -----------------------------------------------


@pytest.mark.slow
def test_a_foreign_code_is_answered_like_one_that_nobody_has(viewer):
    client = browser(viewer.name)
    different = {}
    for foreign, nobodys, word, plain in knocks(viewer):
        answers = [client.get(address, follow=True) for address in (foreign, nobodys)]
        texts = [masked(content_of(answer), word, plain) for answer in answers]
        hints = findings(viewer, " ".join(HINT.findall(texts[0])))
        lines = [lines_of(HINT.sub("", text)) for text in texts]
        if answers[0].status_code != answers[1].status_code or lines[0] != lines[1] or hints:
            different[foreign] = hints or [line for line in lines[0] if line not in lines[1]]
    assert different == {}


HINT = re.compile(r"Did you mean: .*")  # the nearest of one's own codes; none is near to a word of one letter


def masked(text: str, word: str, plain: str) -> str:
    """Without the word that was asked for, however the page writes it back."""
    for form in (word, quote_plus(word), quote(word)):
        text = re.sub(re.escape(form), plain, text, flags=re.I)
    return text.replace(quote_plus(plain), plain).replace(quote(plain), plain)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


# By url name, the things of others: by code of the cast, or what the director keeps.
ELSEWHERE = {"east": {"unit__code": "tafeng"}, "tafeng": {"unit__code": "journey"}}
NO_IMPORTER = {"east": {}, "tafeng": {"unit__code": "journey"}}  # the East imports nothing at all
WEST_UNIT = {"east": {"code": "journey-west"}, "tafeng": {"code": "journey"}}
ANYBODYS: dict[str, dict[str, Any]] = {name: {} for name in VIEWERS}
JOURNEYS_FILE = {name: {"name": "wrongjourney.csv"} for name in VIEWERS}
IMPORT_VERBS = (
    "page", "run", "undo", "keep", "quarantine", "quarantine_csv", "corrections", "replay", "discards",
)  # fmt: skip
COLLEAGUE = {name: {"email": "west@demo.example"} for name in VIEWERS}
NAMED: dict[str, tuple[type[Any], dict[str, dict[str, Any]]]] = {
    "channels_outlet": (
        Outlet,
        {"east": {"code__in": ["PRAIRIE-W", "NIGHTMARKET-T"]}, "tafeng": {"company__code": "journey"}},
    ),
    "channels_placings": (Outlet, {"east": {"code": "PRAIRIE-W"}, "tafeng": {"company__code": "journey"}}),
    "customers_customer": (Customer, {"east": {}, "tafeng": {"unit__code": "journey"}}),
    "products_product": (Product, ELSEWHERE),
    "campaigns_campaign": (Campaign, ELSEWHERE),
    "campaigns_measurement": (Campaign, ELSEWHERE),
    "campaigns_holdout": (Campaign, ELSEWHERE),
    "campaigns_audience": (Campaign, ELSEWHERE),
    "org_unit": (Unit, {"east": {"code__in": EAST.units}, "tafeng": {"code__in": TAFENG_ANALYST.units}}),
    **{f"org_unit_{verb}": (Unit, WEST_UNIT) for verb in ("edit", "place", "zone", "holidays", "limits")},
    "notices_team_robot": (Unit, WEST_UNIT),
    "notices_unit_robots": (Unit, WEST_UNIT),
    "notices_person_robots": (Person, COLLEAGUE),
    "org_person": (Person, COLLEAGUE),
    **{f"org_person_{verb}": (Person, COLLEAGUE) for verb in ("edit", "account", "assignments")},
    **{
        f"org_person_{verb}": (Person, COLLEAGUE)
        for verb in (
            "skills",
            "confirmations",
            "mentorings",
            "plans",
            "absences",
            "delegations",
            "secondments",
        )
    },
    "org_confirmation_removal": (Confirmation, ANYBODYS),
    "org_mentoring_end": (Mentoring, ANYBODYS),
    "org_plan": (NewcomerPlan, ANYBODYS),
    "org_plan_check_ins": (NewcomerPlan, ANYBODYS),
    "org_plan_step": (NewcomerStep, ANYBODYS),
    "org_first_day": (TemplateStep, ANYBODYS),
    "org_first_day_removal": (TemplateStep, ANYBODYS),
    "org_successor_removal": (Successor, ANYBODYS),
    # an analyst of another company climbs another ladder than somebody of a channel
    **{
        f"org_position{verb}": (Position, {name: {"code": "finance_director"} for name in VIEWERS})
        for verb in ("", "_edit", "_skills")
    },
    "org_assignment_end": (Assignment, {name: {"person__email": "west@demo.example"} for name in VIEWERS}),
    "figures_target": (Target, ELSEWHERE),
    "figures_alert": (Alert, ELSEWHERE),
    **{f"imports_{verb}": (Import, NO_IMPORTER) for verb in IMPORT_VERBS},
    **dict.fromkeys(("files_content", "imports_table"), (StoredFile, JOURNEYS_FILE)),
    "jobs_progress": (Job, ANYBODYS),
    "notices_notice": (Notice, ANYBODYS),
}
# The handbook, with what is proposed for it, skills and ladders are everybody's.
OF_NOBODY = {
    "duties_proposal_decision", "org_skill", "org_ladder", "org_ladder_rungs", "org_ladder_criteria",
}  # fmt: skip


def foreign_things(viewer: Viewer, others: Others) -> Iterator[tuple[str, str, int]]:
    """(url name, its only argument, id of a thing of somebody else)."""
    for name, argument in with_one_number():
        if name in NAMED:
            model, narrowed = NAMED[name]
            ids = list(
                model._default_manager.filter(**narrowed[viewer.name]).values_list("pk", flat=True)[:4]
            )
            assert ids, name
            yield from ((name, argument, pk) for pk in ids)
        if name in others.ids:
            yield name, argument, others.ids[name]


def with_one_number() -> Iterator[tuple[str, str]]:
    """Our own addresses about one thing."""
    for name, (possibilities, *_rest) in get_resolver().reverse_dict.items():
        for _path, arguments in possibilities if isinstance(name, str) else ():
            if len(arguments) == 1 and arguments[0].endswith("_id") and arguments[0] != "provider_id":
                yield name, arguments[0]


def test_every_address_about_one_thing_is_tried(others):
    addresses = {name for name, _argument in with_one_number()}
    assert addresses - set(NAMED) - set(others.ids) - OF_NOBODY == set()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_thing_of_others_looks_like_one_that_is_not_there(viewer, others, method):
    client = browser(viewer.name)
    different = {}
    for name, argument, pk in foreign_things(viewer, others):
        answers = [
            getattr(client, method)(reverse(name, kwargs={argument: number}), {"q": "x"})
            for number in (pk, MISSING)
        ]
        texts = [content_of(answer).replace(str(MISSING), str(pk)) for answer in answers]
        codes = [answer.status_code for answer in answers]
        if codes[0] != codes[1] or texts[0] != texts[1] or codes[0] not in (403, 404, 405):
            different[f"{method} {name} {pk}"] = codes
    assert different == {}


def test_a_row_left_out_of_another_company_is_not_there(others):
    client = browser("tafeng")
    cache.clear()
    row = QuarantinedRow.objects.get(import_row__unit__code="journey")
    own = Import.objects.filter(unit__code="tafeng").latest("pk")
    for whole in (row.import_row_id, own.pk):
        assert client.get(reverse("imports_row", args=[whole, row.pk])).status_code == 404
    client.post(reverse("imports_corrections", args=[own.pk]), {f"cell.{row.pk}.0": "2017-01-01 10:00"})
    client.post(
        reverse("imports_replay", args=[own.pk]), {"row": row.pk, f"cell.{row.pk}.0": "2017-01-01 10:00"}
    )
    client.post(reverse("imports_discards", args=[own.pk]), {"ids": [row.pk], "reason": "not mine"})
    row.refresh_from_db()
    assert (row.state, row.corrected) == ("open", None)


def test_nobody_imports_for_another_company(others):
    cache.clear()
    client = browser("tafeng")
    journey = Unit.objects.get(code="journey")
    answer = client.post(reverse("imports_upload"), {"file": io.BytesIO(b"a,b\n1,2\n"), "unit": journey.pk})
    assert (answer.status_code, StoredFile.objects.filter(scope=f"unit:{journey.pk}").count()) == (422, 1)


# -- the command line ---------------------------------------------------------------------------


def said_by(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_command_line_answers_as_the_person_sees_it(viewer):
    whole = viewer.name == "tafeng"  # customers are named only to who sees their whole company
    for by in ("outlet", "company", "region", "week", *(("customer",) if whole else ())):
        for form in ("table", "csv", "json"):
            text = said_by(
                "metric", "net_sales", "--by", by, "--period", "all", "--format", form,
                "--as", f"{viewer.name}@demo.example", "--sql",
            )  # fmt: skip
            assert findings(viewer, text.replace(",", " ")) == [], (by, form)


def test_the_command_line_knows_no_unit_of_others(viewer):
    refusals = []
    for code in (*viewer.units, "nobody-has-this"):
        with pytest.raises(CommandError) as refusal:
            said_by("metric", "net_sales", "--unit", code, "--as", f"{viewer.name}@demo.example")
        refusals.append(str(refusal.value).replace(f"'{code}'", "…"))
    assert set(refusals) == {refusals[-1]}


# -- rows of others change nothing --------------------------------------------------------------


def test_what_others_bring_in_changes_nothing_that_one_sees(others):
    """New outlets, codes, days and rows of the West and of Ta Feng: every page of the East stays as it is."""
    cache.clear()
    client, east = browser("east"), VIEWERS["east"]
    addresses = [a for a in doors(east, shared()) if not a.startswith(("/palette", "/jobs"))][::2]
    before = {address: read(client, address) for address in addresses}
    folder = others.folder
    tundra = ("TUNDRA-W", "journey-west", "Tundra", "Tundraland", "online", 5)
    bring(folder, "journey", "outlets", OUTLETS, [tundra])
    bring(folder, "journey", "order_lines", LINES, journey_west(100, 160, "TUNDRA-W"))
    bring(folder, "tafeng", "order_lines", DAY_LINES, tafeng_lines(59, 90))
    cache.clear()
    after = {address: read(client, address) for address in addresses}
    assert {address: text for address, text in after.items() if text != before[address]} == {}


def read(client: Client, address: str) -> str:
    """Without the number of the table's version, which any import changes."""
    return re.sub(r"version \d+", "", content_of(client.get(address, follow=True)))
