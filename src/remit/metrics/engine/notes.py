"""What a reader has to know besides the figures, as sentences."""

from datetime import date

from remit.core.period import Period, Relative
from remit.core.scope import Scope
from remit.core.text import Text
from remit.lake.tables import TABLES

from .answer import Freshness
from .pinned import Extent, overlapping
from .question import Question

UNITS_ZH = {"day": "天", "week": "週", "month": "個月", "quarter": "季", "year": "年"}


def of_period(question: Question, period: Period | None, freshness: tuple[Freshness, ...]) -> list[Text]:
    """How a relative period was counted."""
    asked = question.period
    if not isinstance(asked, Relative) or period is None:
        return []
    zh = f"最近 {asked.count} {UNITS_ZH[asked.unit]}"
    return [
        Text(
            f"「{zh}」從資料最新的一天 {period.last} 往回算：{period.first} 至 {period.last}。",
            f"“{asked}” counts back from the freshest day of the data, {period.last}: "
            f"{period.first} to {period.last}.",
        )
    ]


def of_data(
    extents: dict[str, tuple[Extent, ...]],
    tables: set[str],
    period: Period | None,
    scope: Scope,
    within: Scope | None,
) -> list[Text]:
    """Which tables have nothing to say, and why."""
    found = []
    for name in sorted(tables):
        title = TABLES[name].title
        if not extents[name]:
            found.append(_nothing(name, title, scope, within))
        elif not overlapping(extents[name], period):
            first, last = min(e.first for e in extents[name]), max(e.last for e in extents[name])
            found.append(
                Text(
                    f"這段期間沒有「{title.zh_hant}」的資料；資料自 {first} 至 {last}。",
                    f"There are no data of “{title.en}” in this period; they reach from {first} to {last}.",
                )
            )
    return found


def silent(company: Text, table: Text, last: date) -> Text:
    """A company that says nothing in the period although it has data."""
    return Text(
        f"「{company.zh_hant}」在這段期間沒有「{table.zh_hant}」的資料，最新到 {last}。",
        f"{company.en} has no data of “{table.en}” in this period; they end on {last}.",
    )


def _nothing(name: str, title: Text, scope: Scope, within: Scope | None) -> Text:
    partial = any(one is not None and one.outlets and not one.companies for one in (scope, within))
    if partial and "outlet_id" not in TABLES[name].by_name:
        return Text(
            f"「{title.zh_hant}」不分門店記錄，只看部分門店時沒有這個數字。",
            f"“{title.en}” are not kept by outlet, so there is no figure for single outlets.",
        )
    return Text(
        f"沒有「{title.zh_hant}」的資料（或不在您的可見範圍內）。",
        f"There are no data of “{title.en}” (or none that you may see).",
    )


def several(currencies: tuple[str, ...]) -> Text:
    """Why an answer has a row per currency."""
    zh, en = "、".join(currencies), ", ".join(currencies)
    return Text(
        f"金額有 {zh} 多種幣別，分列而不相加；可選一種幣別換算。",
        f"Amounts are in {en}: shown per currency, never added. Choose a currency to convert them.",
    )


def nothing_before(period: Period | None) -> Text:
    """Why a comparison has no figure."""
    if period is None:
        return Text("沒有指定期間，無從比較。", "No period was given, so there is nothing to compare with.")
    return Text(
        f"比較的前期為 {period.first} 至 {period.last}；資料未涵蓋之處不作比較。",
        f"Compared with {period.first} to {period.last}; where the data do not cover it "
        "there is no comparison.",
    )
