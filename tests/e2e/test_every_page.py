"""Every page, as it is served: readable for everybody, as wide as its window, nothing in the console.

The whole list of addresses as the administrator sees it; for each other role what its side bar offers.
"""

from pprint import pformat

import pytest
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Response

from tests.e2e.house import House
from tests.e2e.window import Window, looks_matter
from tests.web.test_doors import ROWS

# Answers that are no page of the frame: files, fragments, JSON, ways through, and what allauth keeps.
NO_PAGES = {
    "palette", "jobs_progress", "files_content", "tasks_attached", "imports_quarantine_csv",
    "figures_question", "imports_preview", "journeys_people", "notices_notice", "mfa_download_recovery_codes",
    "duties_export", "duties_feed", "meetings_feed", "meetings_ics", "meetings_item_file", "reports_pdf",
    "plans_pdf", "cooperation_attached", "creators_file", "campaigns_audience",
    "screening_own_export",
    # for programs; and what needs a key or a person in its address, which tests/e2e/test_collection.py opens
    "collection_collect", "collection_openapi", "collection_timeline", "collection_shop",
    "collection_shop_product", "collection_shop_cart", "collection_shop_thanks",
}  # fmt: skip
OF_ACCOUNTS = ("account_", "mfa_", "socialaccount_", "usersessions_", "openid_connect_", "api:")
DIFFERENT = 2  # the board of one's position and what follows it; other pages differ by their rows only
# What a narrow window and dark colours can change; the rest follows from the same elements as at a desk.
OF_A_PHONE = ("color-contrast", "scrollable-region-focusable", "meta-viewport")
ROLES = (
    "director",
    "journey",
    "analyst",
    "brand",
    "digital",
    "sales",
    "east",
    "west",
    "tafeng",
    "finance",
    "nobody",
)


def pages(house: House) -> dict[str, str]:
    """Path of every page of ours by url name; one about a thing shows the thing that was prepared."""
    found = {}
    for row in ROWS:
        name = row["name"]
        if row["method"] != "GET" or name in NO_PAGES or name.startswith(OF_ACCOUNTS):
            continue
        code = "X1.1" if name.startswith("duties_") else "director"
        for things in ({}, {"name": "own_sales"}, {"code": code}, {"kind": "campaign"}, *_ids(house)):
            try:
                found[name] = reverse(name, kwargs=things)
            except NoReverseMatch:
                continue
    found["plans_deviation"] = reverse("plans_deviation", args=[house.things["approved_plan_id"]])
    found["cooperation_answer"] = reverse("cooperation_answer", args=[house.things["asked_cooperation_id"]])
    found["pilots_edit"] = reverse("pilots_edit", args=[house.things["draft_pilot_id"]])
    found["imports_mapping"] += "?table=order_lines"
    for name in ("journeys_ask", "journeys_save", "journeys_tile", "journeys_alert"):
        found[name] = f"{reverse(name, args=['funnel'])}?step=view&step=pay"
    return found


def _ids(house: House) -> list[dict[str, int]]:
    single = [{name: number} for name, number in house.things.items()]
    return [*single, {name: house.things[name] for name in ("import_id", "row_id")}]


def faults(view: Window, path: str, *, looked_at: bool = True, rules: tuple[str, ...] = ()) -> list[object]:
    """What is wrong with one page; of one that is not looked at, only whether it is served.

    ``rules``: those of axe that matter here, all by default.
    """
    if not (looked_at and looks_matter()):
        served = view.page.request.get(view.address + path).status
        return [] if served == 200 else [served]
    answer: Response | None = view.page.goto(view.address + path)
    view.settle()
    found: list[object] = [*view.axe(*rules), *view.ids_twice(), *view.complaints]
    view.complaints.clear()
    if answer is None or answer.status != 200:
        found.append(answer and answer.status)
    if wide := view.too_wide():
        found.append(f"{wide} px too wide")
    return found


@pytest.mark.timeout(1500)  # all pages of the product, each looked at by axe, after the house was furnished
@pytest.mark.parametrize(
    ("language", "theme", "width", "rules"),
    [
        pytest.param("zh-hant", "light", 1440, (), id="desk"),
        pytest.param("en", "dark", 390, OF_A_PHONE, id="phone", marks=pytest.mark.looks),
    ],
)
def test_every_page_reads_for_everybody(visit, house, language, theme, width, rules):
    view = visit("admin", language=language, theme=theme, width=width)
    found = {name: seen for name, path in pages(house).items() if (seen := faults(view, path, rules=rules))}
    assert not found, pformat(found)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_what_its_side_bar_offers(visit, role):
    odd = ROLES.index(role) % 2
    view = visit(
        role,
        language="zh-hans" if odd else "en",
        theme="dark" if odd else "light",
        width=390 if odd else 1440,
    )
    view.page.goto(view.address)
    links = view.page.locator("#side a[href^='/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert len(links) > 5
    found: dict[str, list[object]] = {}
    for place, path in enumerate(dict.fromkeys(links)):
        if seen := faults(view, path, looked_at=place < DIFFERENT):
            found[path] = seen
    assert not found, pformat(found)
