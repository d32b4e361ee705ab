"""What somebody else's is in the two companies of ``tests/company.py``, and every way to knock at it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from remit.collection.actions import make_key
from remit.core.period import Period
from remit.customers.models import Claim, Conflict, Customer
from remit.duties.actions.charge import charge_unit
from remit.duties.actions.duty import load_handbook
from remit.duties.actions.evidence import deliver, give_evidence
from remit.duties.drafts import draft_of
from remit.duties.models import Duty, Occurrence, Sighting
from remit.files.actions import store_file
from remit.lake.actions import save_mapping
from remit.lake.models import Import
from remit.lake.reading.mapping import mapping_of
from remit.metrics.actions import add_tile, change_board, make_board, save_question, set_alert, set_target
from remit.metrics.catalog.dimensions import DIMENSIONS
from remit.metrics.catalog.shipped import SHIPPED
from remit.notices.actions import notify
from remit.org.actions import make_token, save_list_view
from remit.org.actions.absence import add_absence, delegate
from remit.org.actions.project import join_project, start_project
from remit.org.actions.secondment import second
from remit.org.models import Assignment, Person, Unit
from remit.web.journeys.asked import PAGES
from tests.company import AT, LINES, bring

from .other_diagnoses import keep_diagnoses_of_others
from .other_experiments import keep_experiments_of_others
from .other_meetings import keep_meetings_of_others
from .other_pilots import keep_pilots_of_others
from .other_plans import keep_goals_of_others, keep_money_of_others, keep_plans_of_others

# Words that stand for something outside, as they are written in files and on pages, lower case.
WEST = (
    "prairie", "jc-west", "65+west", "westarea", "200k-west", "9 west", "journey-west", "journey west",
    "旅程西區", "wrongwest",
)  # fmt: skip
TAFENG = (
    "nightmarket", "tp-", "tc-9", "tf-", "tfdry", "tfdrink", "tfgrain", "tfbrand", "ricebag", "teabox",
    "tcamp", "lantern", "ta feng", "大豐", "tafeng", "wrongtafeng", "twd",
)  # fmt: skip
JOURNEY = (
    "harbour-e", "harbour store", "orchard", "jp-", "jc-", "jmaker", "jcamp", "spring flyer", "coupon-j",
    "journey", "旅程",
    "produce", "dairy", "apples", "national", "usd", "2017", *WEST,
)  # fmt: skip
DIRECTORS = ("kept-by-director", "987,654,321", "987654321")
OWN_TARGET = re.compile(r"110,?000(?:\.0+)?|110k")
TOLD = "kept-by-director told"
# What no line of the East comes near to: a number of six digits, or one in millions.
BIG = re.compile(
    r"(?<![\w.,/-])(?:\d{3}(?:,\d{3})+|\d{1,2}(?:,\d{3}){2,}|\d{6,})(?:\.\d+)?(?![\w/-])"
    r"|(?<!\w)[\d.]+\s?(?:M|B|million)\b|\d\s?[萬億万亿]"
)
LISTS = {
    "channels_outlets": "code,kind,unit,region,area_m2,opened_on,company",
    "customers_list": "code,age_group,area,income,household,home_ownership,marital,kids,company",
    "products_list": "code,name,department,category,product_type,brand,maker,package,sold_by,company",
    "campaigns_list": "code,campaign_type,starts_on,ends_on,company",
}
PLAIN = (
    "collection_keys", "collection_key_new", "collection_live", "customers_conflicts",
    "start", "figures_metrics", "figures_questions", "figures_targets", "figures_alerts",
    "figures_target_new", "figures_alert_new", "figures_question_new", "figures_metric_new", "files_list",
    "imports_list", "imports_upload", "jobs_list", "notices_list", "org_units", "org_people", "org_positions",
    "org_matrix", "org_ladders", "org_successors", "org_successor_new", "org_skills", "org_first_days",
    "audit_events",
    "reports_list", "meetings_list", "meetings_past", "meetings_series_list", "meetings_actions",
    "org_chart", "org_projects", "accounts_profile", "accounts_tokens", "boards_new",
)  # fmt: skip


@dataclass(frozen=True)
class Viewer:
    """Somebody with a part of the whole. ``foreign``: words they must never read, in lower case.

    ``units`` and ``values``: codes of units and a value of each dimension that others have. ``big``: whether
    a number of six digits on their pages is somebody else's, except their own target.
    """

    name: str
    unit: str
    foreign: tuple[str, ...]
    units: tuple[str, ...]
    values: dict[str, str]
    currency: str
    big: bool


EAST = Viewer(
    "east", "journey-east", (*WEST, *TAFENG, *DIRECTORS), ("journey", "journey-west", "tafeng", "group"),
    {
        "outlet": "PRAIRIE-W", "region": "Prairieland", "customer": "JC-WEST-1", "age_group": "65+WEST",
        "area": "WESTAREA", "income": "200K-WEST", "household": "9 WEST", "company": "tafeng",
        "product": "TP-RICE", "department": "TFDRY", "category": "TFGRAIN", "brand": "TFBRAND",
        "campaign": "TCAMP-5", "currency": "TWD", "channel": "app",
    },
    currency="USD",
    big=True,
)  # fmt: skip
TAFENG_ANALYST = Viewer(
    "tafeng", "tafeng", (*JOURNEY, *DIRECTORS), ("journey", "journey-west", "journey-east", "group"),
    {
        "outlet": "HARBOUR-E", "region": "East", "customer": "JC-EAST-1", "age_group": "25-34",
        "area": "WESTAREA", "income": "50-74K", "household": "2 Adults", "company": "journey",
        "product": "JP-APPLE", "department": "PRODUCE", "category": "FRUIT", "brand": "National",
        "campaign": "JCAMP-18", "currency": "USD", "channel": "mail",
    },
    currency="TWD",
    big=False,
)  # fmt: skip
VIEWERS = {viewer.name: viewer for viewer in (EAST, TAFENG_ANALYST)}


@dataclass
class Others:
    """Things of somebody else, by the url name of their page."""

    folder: Path
    ids: dict[str, int] = field(default_factory=dict)


def conflict_of(unit: Unit, held: str, claimed: str) -> Conflict:
    """A device on which two customers were named."""
    first, second = (Customer.objects.get(unit=unit, code=code) for code in (held, claimed))
    claim = Claim.objects.create(
        unit=unit, person_code="WEST-device", kind="customer", name=str(second.pk), at=AT, event_code="e1"
    )
    return Conflict.objects.create(claim=claim, unit=unit, held=first, claimed=second, found_at=AT)


def keep_things_of_others(folder: Path) -> Others:
    """What the director keeps, shares with the West, sets and is told, and wrong rows of both companies."""
    director = Person.objects.get(email="director@demo.example")
    units = {unit.code: unit for unit in Unit.objects.all()}
    others = Others(folder)
    own = {"by": director, "at": AT}
    question = {"metrics": ["net_sales"], "by": ["outlet"], "period": "all"}
    board = make_board(title="kept-by-director board", **own)
    tile = add_tile(
        board=board, kind="table", size="large", title="kept-by-director tile", question=question, **own
    )
    saved = save_question(title="kept-by-director question", question=question, **own)
    target = set_target(
        metric="net_sales", unit=units["group"], period=Period(date(2017, 1, 1), date(2017, 1, 31)),
        value=Decimal(987654321), currency="USD", owner=director, **own,
    )  # fmt: skip
    alert = set_alert(
        title="kept-by-director alert", question={"metrics": ["net_sales"], "period": "last 4 weeks"},
        breach="above", limit=Decimal(1), unit=units["group"], owner=director, **own,
    )  # fmt: skip
    (notice,) = notify(people=[director], text=TOLD, at=AT)
    stored = store_file(content=[b"kept-by-director"], name="kept-by-director.csv", owner=director, **own)
    token, _secret = make_token(person=director, name="kept-by-director token", **own)
    view = save_list_view(
        person=director, list_name="people", title="kept-by-director view", query="q=Wu", **own
    )
    key, _secret = make_key(unit=units["journey"], name="kept-by-director key", kind="server", **own)
    clash = conflict_of(units["journey"], "JC-WEST-1", "JC-WEST-2")
    west = {"is_shared": True, "shared_with": units["journey-west"]}
    change_board(board=board, title=board.title, **west, **own)
    save_question(title=saved.title, question=question, **west, **own)
    others.ids |= {
        "accounts_token_revocation": token.pk, "list_view_removal": view.pk,
        "boards_board": board.pk, "boards_edit": board.pk, "boards_order": board.pk,
        "boards_removal": board.pk,
        "boards_tile": tile.pk, "boards_tile_place": tile.pk, "boards_tile_removal": tile.pk,
        "figures_question": saved.pk, "figures_question_removal": saved.pk,
        "figures_target": target.pk, "figures_target_removal": target.pk,
        "figures_alert": alert.pk, "figures_alert_look": alert.pk, "figures_alert_removal": alert.pk,
        "notices_notice": notice.pk, "files_content": stored.pk,
        "imports_table": stored.pk, "imports_mapping": stored.pk, "imports_preview": stored.pk,
        "imports_start": stored.pk, "org_person": director.pk,
        "collection_key": key.pk, "collection_disabling": key.pk,
        "customers_conflict": clash.pk, "customers_decision": clash.pk,
        "customers_apart": clash.claim_id, "customers_together": clash.claim_id,
    }  # fmt: skip
    others.ids |= keep_duties_of_others(units["group"], director)
    others.ids |= keep_time_of_others(units, director)
    others.ids |= keep_plans_of_others(units["journey-west"], director)
    others.ids |= keep_experiments_of_others(units["journey"], director)
    others.ids |= keep_diagnoses_of_others(units["journey-west"], director)
    others.ids |= keep_pilots_of_others(units["journey-west"], director)
    others.ids |= keep_money_of_others(units["journey-west"], director)
    others.ids |= keep_goals_of_others(units["journey-west"], director)
    others.ids |= keep_meetings_of_others(units["journey-west"], director)
    shared = make_board(title="Shared board", **own)
    for kind, by in (
        ("number", []),
        ("bar", ["outlet"]),
        ("table", ["region", "week"]),
        ("heat", ["department", "week"]),
    ):
        add_tile(
            board=shared, kind=kind, size="large", title="",
            question={"metrics": ["net_sales"], "by": by, "period": "all"}, **own,
        )  # fmt: skip
    change_board(board=shared, title="Shared board", is_shared=True, **own)
    save_question(title="Shared question", question=question, is_shared=True, **own)
    for unit in ("journey", "tafeng"):
        store_file(content=[b"x"], name=f"wrong{unit}.csv", owner=director, scope=units[unit], **own)
    return others


def keep_duties_of_others(unit: Unit, director: Person) -> dict[str, int]:
    """A duty that the group owes, with evidence, something that was seen, and a handover."""
    gives = {"to": "X1.2", "what": {"zh": "甲", "en": "a"}, "within_days": 1}
    entries = (duty_entry("X1.1", hands_over=[gives]), duty_entry("X1.2"))
    load_handbook(drafts=map(draft_of, entries), by=director, at=AT)
    for duty in Duty.objects.filter(code__in=["X1.1", "X1.2"]):
        charge_unit(duty=duty, unit=unit, starts_on=AT.date(), by=director, at=AT)
    one = Occurrence.objects.filter(charge__duty__code="X1.1").order_by("due_at")[0]
    piece = give_evidence(occurrence=one, kind="note", text="kept-by-director evidence", by=director, at=AT)
    seen = Sighting.objects.create(occurrence=one, thing="unit:1", event="x", at=AT)
    deliver(occurrence=one, by=director, at=AT)
    on_it = ("occurrence", "evidence", "submission", "review", "waiver")
    of_charge = ("charge", "roles", "charge_end", "readings", "starts")
    return {f"duties_{name}": one.pk for name in on_it} | {
        **{f"duties_{name}": one.charge_id for name in of_charge}, "duties_giving": unit.pk,
        "duties_withdrawal": piece.pk, "duties_sighting": seen.pk,
        "duties_handover": one.handovers.get().pk, "duties_handover_step": one.handovers.get().pk,
    }  # fmt: skip


def keep_time_of_others(units: dict[str, Unit], director: Person) -> dict[str, int]:
    """When the sales person of the West is away, who acts, where they are lent; a project of the group."""
    own = {"by": director, "at": AT}
    west = Person.objects.get(email="west@demo.example")
    home = Assignment.objects.get(person=west)
    days = {"starts_on": AT.date(), "ends_on": AT.date()}
    project = start_project(
        code="kept-by-director", name="kept-by-director project", unit=units["group"], lead=director,
        arbiter=west, **days, **own,
    )  # fmt: skip
    member = join_project(project=project, person=director, share=10, **days, **own)
    lent = second(home=home, unit=units["tafeng"], position=home.position, **days, **own)
    return {
        "org_absence_removal": add_absence(person=west, kind="leave", **days, **own).pk,
        "org_delegation_end": delegate(person=west, to=director, **days, **own).pk,
        "org_secondment_end": lent.pk,
        "org_project": project.pk, "org_project_members": project.pk, "org_membership_end": member.pk,
    }  # fmt: skip


def duty_entry(code: str, **more: Any) -> dict[str, Any]:
    """A duty of the directors, as in YAML."""
    return {
        "code": code, "title": {"zh": "總監職責", "en": "kept-by-director duty"}, "rhythm": "monthly",
        "day": 20, "effort_minutes": 60, "evidence": {"kind": "note"}, "accountable": "marketing_director",
        "responsible": ["marketing_director"], **more,
    }  # fmt: skip


def bring_wrong_rows(folder: Path, unit: str) -> Import:
    """An import of a unit whose only row is wrong, with its mapping kept."""
    word, day = {"journey": ("WRONGWEST", "2017-01-05"), "tafeng": ("WRONGTAFENG", "2001-01-05")}[unit]
    row = (f"{day} 10:00", word, 1, word, word, word, 1, "much", "0")
    whole = bring(folder, unit, "order_lines", LINES, [row])
    save_mapping(
        unit=whole.unit, name=f"{word} mapping", mapping=mapping_of(whole.mapping),
        by=Person.objects.get(email="director@demo.example"), at=AT,
    )  # fmt: skip
    return whole


# -- ways to knock ------------------------------------------------------------------------------


def doors(viewer: Viewer, shared: dict[str, int]) -> Iterator[str]:
    """Addresses, with parameters, of every page with figures or lists; none names a foreign thing."""
    yield from _explorer(viewer, shared)
    for code in ("director", "analyst", "brand", "digital", "channel"):
        yield f"{reverse('boards_shipped', args=[code])}?now"
    yield f"{reverse('boards_home')}?now&unit=&period=all"
    yield f"{reverse('boards_board', args=[shared['board']])}?now&period=all"
    for rows in ("region", "outlet", "age_group"):
        yield _with("figures_heat", rows=rows, period="all", unit=viewer.unit if rows == "region" else "")
    yield _with("figures_heat", map="days", period="all", export="csv")
    for name in ("figures_customers", "figures_scores", "figures_scores_list", "figures_cohorts"):
        yield _with(name, period="all", unit="")
        yield _with(name, period="all", unit=viewer.unit, export="csv")
    for kind in PAGES:
        yield f"{reverse('journeys_ask', args=[kind])}?unit={viewer.unit}"
        yield f"{reverse('journeys_ask', args=[kind])}?unit=&export=csv"
    for metric in ("net_sales", "new_buyers", "spend", "gross_margin", "stock_value"):
        yield f"{reverse('figures_metric', args=[metric])}?unit="
    for name, columns in LISTS.items():
        yield _with(name, size="200", cols=columns, sort="-code")
        yield _with(name, export="xlsx", cols=columns)
        yield _with(name, export="csv", company="1", cols=columns)
    for name in PLAIN:
        yield reverse(name)
    for name in (
        "figures_questions",
        "figures_targets",
        "figures_alerts",
        "files_list",
        "imports_list",
        "jobs_list",
        "org_matrix",
    ):
        yield _with(name, export="csv")
    for letter in "aeiot":
        yield _with("palette", q=letter)


def _explorer(viewer: Viewer, shared: dict[str, int]) -> Iterator[str]:
    page = "figures_explorer"
    names = list(SHIPPED)
    for start in range(0, len(names), 6):
        yield _with(page, metric=names[start : start + 6], by="week", period="all")
    for by in DIMENSIONS:
        yield _with(page, metric="net_sales", by=by, pick=by, period="all")
    for by in ("company", "outlet", "customer"):
        yield _with(page, metric="net_sales", by=[by, "week"], period="all", export="csv")
    for by in ("channel", "campaign", "campaign_type", "customer"):
        yield _with(page, metric="exposures", by=by, pick=by, period="all")
        yield _with(page, metric="spend", by=by, period="all", export="xlsx")
    for compare in ("previous", "last_year", "target"):
        yield _with(
            page, metric=["net_sales", "new_buyers"], by="month", period="last 2 months", compare=compare
        )
    yield _with(page, metric="net_sales", by="company", period="all", currency=viewer.currency)
    yield _with(page, metric="net_sales", by="outlet", period="all", export="xlsx", where="region!=Nowhere")
    yield _with(page, metric="net_sales", pick="outlet", find="r", period="all", question=shared["question"])
    yield reverse("figures_question", args=[shared["question"]])


def knocks(viewer: Viewer) -> Iterator[tuple[str, str, str, str]]:
    """(address with a foreign word, the same with a word that nobody has, the two words)."""
    for code in viewer.units:
        for name in (
            "figures_explorer", "figures_heat", "figures_customers", "figures_scores", "figures_scores_list",
            "figures_cohorts",
        ):  # fmt: skip
            yield from _pair(name, code, unit=code, metric="net_sales", period="all")
        yield from _pair("journeys_home", code, unit=code, step="view")
        yield from _pair("figures_explorer", code, unit=code, metric="net_sales", by="outlet", export="csv")
        yield from _pair("figures_explorer", code, unit=code, metric="net_sales", pick="outlet")
        yield from _pair("boards_home", code, unit=code, now="1")
        yield from _pair("org_matrix", code, unit=code)
        yield from _pair("org_successors", code, unit=code)
        if code not in viewer.unit:
            word = {"journey": "complete journey"}.get(code, code)  # a place is called Journeys
            yield from _pair("palette", word, q=word)
    for dimension, value in viewer.values.items():
        metric = "exposures" if dimension in ("campaign", "channel") else "net_sales"
        condition = f"{dimension}={value}"
        yield from _pair("figures_explorer", value, metric=metric, where=condition, period="all")
        yield from _pair(
            "figures_explorer", value, metric=metric, by=dimension, where=condition, export="csv"
        )
        yield from _pair("figures_explorer", value, metric=metric, pick=dimension, find=value, period="all")
    for name in LISTS:
        for word in (
            viewer.values["outlet"],
            viewer.values["product"],
            viewer.values["campaign"],
            viewer.values["customer"],
        ):
            yield from _pair(name, word, q=word)
        yield from _pair(name, viewer.values["region"], region=viewer.values["region"])
    for word in ("kept-by-director", viewer.values["outlet"], viewer.values["product"]):
        for name in ("palette", "files_list", "imports_list", "jobs_list", *PLAIN[2:5], "org_people"):
            yield from _pair(name, word, q=word)


def _pair(name: str, word: str, **query: str) -> Iterator[tuple[str, str, str, str]]:
    """Of the same length, so that nothing is cut elsewhere."""
    nobodys = "".join("q" if letter.isalpha() else "0" if letter.isdigit() else letter for letter in word)
    changed = {key: value.replace(word, nobodys) for key, value in query.items()}
    yield _with(name, **query), _with(name, **changed), word, nobodys


def _with(name: str, **query: Any) -> str:
    return f"{reverse(name)}?{urlencode({key: value for key, value in query.items() if value}, doseq=True)}"
