"""Imports in words: state, progress, what the file was read as, where its figures are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from remit.jobs.models import JobState
from remit.lake.enums import ImportState
from remit.lake.models import Import
from remit.lake.tables import TABLES, Table

from ..figures.asked import Asked

TONES = {
    ImportState.DONE: "good",
    ImportState.FAILED: "bad",
    ImportState.UNDONE: "",
    ImportState.UNDOING: "warn",
}
UNDER_WAY = (ImportState.WAITING, ImportState.STAGED, ImportState.COMMITTED, ImportState.UNDOING)
PATIENCE = timedelta(minutes=1)
METRICS = {
    "order_lines": ("net_sales", "baskets"),
    "exposures": ("exposures", "campaign_reach"),
    "redemptions": ("coupon_redemptions",),
    "spend": ("spend",),
    "stock": ("stock_value",),
    "placements": ("displayed_products", "mailer_products"),
}
LISTS = {
    "products": "products_list",
    "customers": "customers_list",
    "outlets": "channels_outlets",
    "campaigns": "campaigns_list",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: ``done`` of ``total`` steps; ``total`` is None where that is not known."""

    row: Import
    label: str
    done: int
    total: int | None

    @property
    def table(self) -> Any:
        return title_of(self.row)


def is_under_way(row: Import) -> bool:
    """Whether somebody works on it, or will: an import that stopped with an error waits for a person."""
    if row.state not in UNDER_WAY:
        return False
    return row.job is None or row.job.state in (JobState.WAITING, JobState.RUNNING)


def progress_of(row: Import) -> Progress:
    """Where the job is, in the words of the page."""
    if row.state == ImportState.UNDOING:
        return Progress(row, _("taking the rows out"), 0, None)
    if row.job is None or row.job.state == JobState.WAITING:
        return Progress(row, _("waiting for its turn"), 0, None)
    return Progress(row, _step(row.job.message), row.job.done, row.job.total)


def waits_long(row: Import, at: datetime) -> bool:
    """Whether it has waited longer than a person would expect."""
    return bool(row.job and row.job.state == JobState.WAITING and at - row.job.made_at > PATIENCE)


def _step(name: str) -> str:
    words = {
        "opening": _("opening the file"),
        "reading": _("reading"),
        "resolving": _("looking codes up"),
        "checking": _("checking for repeats"),
        "writing": _("writing"),
        "quarantine": _("setting wrong rows aside"),
        "loading": _("loading"),
    }
    return words.get(name, name)


def title_of(row: Import) -> Any:
    """The table's title; its name where a later version has dropped the table."""
    table = TABLES.get(row.table)
    return table.title if table else row.table


def tone_of(row: Import) -> str:
    """The colour of the state."""
    return TONES.get(row.state, "accent")  # type: ignore[call-overload]  # a text that is one of the enum's


def found_text(found: Mapping[str, Any]) -> str:
    """``CSV, utf-8, “,”, 12 columns``: what the file was read as."""
    if not found.get("columns"):
        return ""
    parts = [str(found.get("kind", "")).upper(), found.get("sheet"), found.get("encoding")]
    delimiter = found.get("delimiter")
    parts.append(_("tab") if delimiter == "\t" else f"“{delimiter}”" if delimiter else "")
    count = len(found["columns"])
    parts.append(ngettext("%d column", "%d columns", count) % count)
    return " · ".join(part for part in parts if part)


def figures_address(row: Import) -> str:
    """Where to see what the import changed: figures of its days, or the list that it filled; else empty."""
    if row.table in LISTS:
        return reverse(LISTS[row.table])
    if row.table not in METRICS or row.first_day is None or row.last_day is None:
        return ""
    asked = Asked.from_saved(
        {
            "metrics": METRICS[row.table],
            "by": ["day" if (row.last_day - row.first_day).days < 100 else "month"],
            "period": f"{row.first_day}..{row.last_day}",
            "unit": row.unit.code,
        }
    )
    return f"{reverse('figures_explorer')}?{asked.query()}"


def has_currency(table: Table) -> bool:
    return "currency" in table.by_name


def said(texts: Sequence[Any]) -> list[str]:
    """Texts in the language of the page."""
    language = get_language() or "zh-hant"
    return [text.say(language) for text in texts]
