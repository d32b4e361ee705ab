"""A question made ready: names checked, codes resolved, days fixed, currencies settled."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from remit.core.period import Period, Relative
from remit.core.text import Text
from remit.lake.tables import TABLES

from ..catalog.dimensions import BUCKETS, DIMENSIONS, Kind, dimensions_of
from . import notes
from .answer import Freshness
from .errors import CannotAnswer, CannotSplit, NoTimeOfDay, UnknownName
from .leaves import Leaf
from .pinned import Extent, Pinned, overlapping, visible
from .plan import Catalog, Request, Term, View, leaves, requests, term
from .question import Question
from .values import dimension_named, labels, of_customers, resolved

COMPARISONS = ("previous", "last_year")


@dataclass
class Prepared:
    """Everything that the scans and the arithmetic of one question need."""

    question: Question
    terms: dict[str, Term]
    view: View
    extents: dict[str, tuple[Extent, ...]]
    needs: tuple[Request, ...] = ()
    splits_currency: bool = False
    currencies: tuple[str, ...] = ()
    freshness: tuple[Freshness, ...] = ()
    notes: list[Text] = field(default_factory=list)
    silent: tuple[Text, ...] = ()

    def absent(self, request: Request) -> bool:
        """No row of the table lies in the scope and the period."""
        return not overlapping(self.extents[request.leaf.table], request.view.period)

    def begins_within(self, first: date, days: int, table: str) -> bool:
        """Whether the data begin so far after ``first`` that more than a tenth of ``days`` is missing."""
        starts = [one.first for one in self.extents[table]]
        return not starts or (min(starts) - first).days * 10 > days


def prepare(question: Question, pinned: Pinned, catalog: Catalog) -> Prepared:
    """Raise a CannotAnswer for whatever cannot be asked."""
    terms = {name: term(name, catalog, "") for name in question.metrics}
    if not terms:
        raise CannotAnswer("A question names at least one metric.")
    made_of = {name: tuple(leaves(one, catalog)) for name, one in terms.items()}
    _check_split(question, made_of)
    question = _naming_customers(question)
    tables = {leaf.table for found in made_of.values() for leaf in found}
    tables |= {one.table for one in terms.values()}
    scope, within = question.scope, question.within
    seen = {name: visible(pinned.extents(name), scope, within) for name in sorted({*tables, "order_lines"})}
    where = (
        tuple(resolved(pinned, one, scope, within) for one in question.where) if any(seen.values()) else ()
    )
    period = _resolve(question, seen)
    ready = Prepared(question, terms, View(question.by, where, period), seen)
    ready.freshness = tuple(_freshness(pinned, name, seen[name]) for name in sorted(tables))
    _refuse_hours(ready, pinned)
    ready.needs = _needs(ready, catalog)
    _settle_currency(ready, catalog)
    ready.notes += notes.of_period(question, period, ready.freshness)
    ready.notes += notes.of_data(ready.extents, tables, period, scope, within)
    ready.silent = tuple(_silent_companies(ready, tables, pinned))
    ready.notes += ready.silent
    return ready


def _check_split(question: Question, made_of: dict[str, tuple[Leaf, ...]]) -> None:
    names = [*question.by, *(one.dimension for one in question.where)]
    for name in names:
        dimension_named(name)
    if len(set(question.by)) < len(question.by):
        raise CannotSplit("A dimension can be named once.")
    if sum(name in BUCKETS for name in question.by) > 1:
        raise CannotSplit(f"Only one of {', '.join(BUCKETS)} can split an answer.")
    if question.compare not in (None, *COMPARISONS):
        raise UnknownName("comparison", question.compare, COMPARISONS)
    for metric, found in made_of.items():
        for leaf in found:
            _check_leaf(question, metric, leaf, names)


def _naming_customers(question: Question) -> Question:
    """Customers belong to the company: only who sees the whole of it is told which of them bought.

    Raise CannotSplit where the scope holds no whole company.
    """
    names = {*question.by, *(one.dimension for one in question.where)}
    return replace(question, scope=of_customers(question.scope)) if "customer" in names else question


def _check_leaf(question: Question, metric: str, leaf: Leaf, names: list[str]) -> None:
    for name in names:
        if not DIMENSIONS[name].fits(leaf.table):
            known = ", ".join(dimensions_of(leaf.table))
            raise CannotSplit(
                f"{metric} cannot be split or filtered by {name}: {leaf.table} does not know it. "
                f"It knows: {known}."
            )
    for name in question.by:
        if not leaf.is_simple and DIMENSIONS[name].kind in (Kind.TIME, Kind.HOUR) and name not in BUCKETS:
            raise CannotSplit(
                f"{metric} follows people over days and cannot be split by {name}. "
                f"Split it by one of {', '.join(BUCKETS)}."
            )


def _resolve(question: Question, seen: dict[str, tuple[Extent, ...]]) -> Period | None:
    if not isinstance(question.period, Relative):
        return question.period
    freshest = max((one.last for found in seen.values() for one in found), default=None)
    return question.period.resolve(freshest) if freshest else None


def _freshness(pinned: Pinned, table: str, extents: tuple[Extent, ...]) -> Freshness:
    return Freshness(
        table=table,
        first=min((one.first for one in extents), default=None),
        last=max((one.last for one in extents), default=None),
        version=pinned.version(table),
    )


def _silent_companies(ready: Prepared, tables: set[str], pinned: Pinned) -> list[Text]:
    """A note on companies that have data, but none in the period in which others do."""
    found = []
    for name in sorted(tables):
        speak = {one.unit_id for one in overlapping(ready.extents[name], ready.view.period)}
        last = {one.unit_id: one.last for one in sorted(ready.extents[name], key=lambda each: each.last)}
        if speak and (silent := sorted(set(last) - speak)):
            company = DIMENSIONS["company"]
            zh, en = (labels(pinned, company, silent, language) for language in ("zh-hant", "en"))
            for unit in silent:
                called = Text(zh.get(unit, ("", str(unit)))[1], en.get(unit, ("", str(unit)))[1])
                found.append(notes.silent(called, TABLES[name].title, last[unit]))
    return found


def _refuse_hours(ready: Prepared, pinned: Pinned) -> None:
    """Raise NoTimeOfDay where an hour is asked of facts without one, naming the companies that have none."""
    question = ready.question
    if "hour" not in question.by and all(one.dimension != "hour" for one in question.where):
        return
    extents = overlapping(ready.extents["order_lines"], ready.view.period)
    timed = {one.unit_id for one in extents if one.timed}
    timeless = sorted({one.unit_id for one in extents} - timed)
    if not timeless:
        return
    codes = labels(pinned, DIMENSIONS["company"], [*timeless, *(one.unit_id for one in extents)])
    named = ", ".join(codes.get(unit, (str(unit), ""))[0] for unit in timeless)
    others = ", ".join(codes.get(unit, (str(unit), ""))[0] for unit in sorted(timed))
    advice = f" Ask within: {others}." if others else " Split by weekday or day instead."
    raise NoTimeOfDay(f"The sales of {named} carry no time of day, so hours cannot be told.{advice}")


def _needs(ready: Prepared, catalog: Catalog) -> tuple[Request, ...]:
    found: dict[Request, None] = {}
    for one in ready.terms.values():
        found |= dict.fromkeys(requests(one, ready.view, catalog))
        compare = ready.question.compare
        if compare and (earlier := ready.view.earlier(compare)):
            found |= dict.fromkeys(requests(one, earlier, catalog))
    return tuple(found)


def _settle_currency(ready: Prepared, catalog: Catalog) -> None:
    """Several currencies become a split, unless the question converts them or splits by them itself."""
    money = [request for request in ready.needs if request.leaf.is_money]
    ready.currencies = _currencies(ready, money)
    question = ready.question
    if question.currency is not None:
        if not (len(question.currency) == 3 and question.currency.isascii() and question.currency.isupper()):
            raise CannotAnswer(f"{question.currency!r} is not a currency code such as USD.")
        return
    if len(ready.currencies) > 1 and "currency" not in question.by:
        ready.splits_currency = True
        ready.view = replace(ready.view, by=(*ready.view.by, "currency"))
        ready.needs = _needs(ready, catalog)
        ready.notes.append(notes.several(ready.currencies))


def _currencies(ready: Prepared, money: Iterable[Request]) -> tuple[str, ...]:
    chosen = next((one for one in ready.view.where if one.dimension == "currency" and one.op == "in"), None)
    found = {
        one.currency
        for request in money
        for one in overlapping(ready.extents[request.leaf.table], request.view.period)
        if one.currency and (chosen is None or one.currency in chosen.values)
    }
    return tuple(sorted(found))
