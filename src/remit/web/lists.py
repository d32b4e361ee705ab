"""The list of the product: search, filters that are links, sort, paging, column choice, bulk action, export.

A view makes one ``Listing`` of rows that the person may see (a queryset or a sequence), hands it to the
template, and ``<c-list :listing="listing" />`` draws it. All state is in the address, so that a view can be
bookmarked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.org.models import Person
from remit.org.queries.list_views import list_views_of

from .cells import Cell, plain, shown
from .figures.exporting import CSV_TYPE, XLSX_TYPE, Sheet, as_csv, as_xlsx

type Rows = QuerySet[Any] | Sequence[Any]
EXPORT_ROWS_MAX = 100_000
PAGE_SIZES = (25, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Column:
    """``value`` takes a row (default: the attribute ``key``); ``kind`` is one of ``cells.KINDS``.

    ``sort``: for querysets an order_by expression, for sequences anything truthy. ``note`` gives a second,
    quiet line. ``optional`` columns are hidden until chosen. ``raw``: what exports carry in place of words.
    """

    key: str
    title: Any
    value: Callable[[Any], Any] | None = None
    kind: str = "text"
    sort: str = ""
    href: Callable[[Any], str] | None = None
    note: Callable[[Any], Any] | None = None
    tone: Callable[[Any], str] | None = None
    currency: Callable[[Any], str] | None = None
    optional: bool = False
    raw: Callable[[Any], Any] | None = None

    def read(self, row: Any) -> Any:
        """The value of a row."""
        if self.value:
            return self.value(row)
        return row[self.key] if isinstance(row, dict) else getattr(row, self.key)


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of links. ``field`` is a queryset look-up, or ``apply(rows, value)`` does it.

    ``hidden``: the page sets it elsewhere, such as by a matrix; the list offers no menu for it.
    """

    name: str
    title: Any
    options: Sequence[tuple[str, Any]]
    field: str = ""
    apply: Callable[[Any, str], Any] | None = None
    hidden: bool = False

    def narrow(self, rows: Rows, value: str) -> Rows:
        if self.apply:
            return self.apply(rows, value)
        if isinstance(rows, QuerySet):
            return rows.filter(**{self.field: value})
        return [row for row in rows if str(getattr(row, self.field)) == value]


@dataclass(frozen=True, slots=True)
class Bulk:
    """A button that posts the ticked rows' ids as ``ids`` to ``url``."""

    title: Any
    url: str
    icon: str = "check"
    tone: str = ""
    confirm: Any = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the list's own controls."""

    title: Any
    url: str
    chosen: bool = False
    direction: str = ""
    key: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as drawn."""

    id: Any
    cells: tuple[Cell, ...]
    row: Any


class _Pages(Paginator[Any]):
    """Pages whose rows are read by key: sorting keys takes a tenth of the time of sorting whole rows."""

    def _get_page(self, rows: Any, *args: Any) -> Page[Any]:
        whole: Any = self.object_list
        if isinstance(rows, QuerySet):
            rows = whole.filter(pk__in=rows.values("pk"))
        return super()._get_page(rows, *args)  # type: ignore[misc]  # a documented hook, missing in the stubs


@dataclass
class Listing:
    """``search``: fields, or a function (rows, text). ``sort``: a column's key, ``-`` before it: downward.

    ``prepare`` gives rows what the columns read and the queryset does not hold, such as titles in the
    reader's language; it gets the rows of a page or of an export, all at once.
    """

    request: HttpRequest
    rows: Rows
    columns: Sequence[Column]
    name: str = "list"
    search: Sequence[str] | Callable[[Any, str], Any] = ()
    filters: Sequence[Filter] = ()
    sort: str = ""
    per_page: int = 50
    bulk: Sequence[Bulk] = ()
    row_id: Callable[[Any], Any] = field(default=lambda row: getattr(row, "pk", None))
    prefix: str = ""
    prepare: Callable[[list[Any]], Any] | None = None

    # -- what the address says --------------------------------------------------------------
    def _param(self, name: str) -> str:
        return self.request.GET.get(self.prefix + name, "").replace("\x00", "").strip()

    def url(self, **changes: Any) -> str:
        """The present address with some parameters changed; None removes; the page starts anew."""
        params = {key: value for key, value in self.request.GET.items() if key != self.prefix + "export"}
        if "page" not in changes:
            params.pop(self.prefix + "page", None)
        for key, value in changes.items():
            params.pop(self.prefix + key, None)
            if value not in (None, ""):
                params[self.prefix + key] = value
        return f"{self.request.path}?{urlencode(params)}" if params else self.request.path

    @cached_property
    def query(self) -> str:
        return self._param("q")

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Filters that are set, to values that exist."""
        found = {f.name: self._param(f.name) for f in self.filters}
        allowed = {f.name: {str(value) for value, _ in f.options} for f in self.filters}
        return {name: value for name, value in found.items() if value in allowed[name] and value}

    @property
    def is_searchable(self) -> bool:
        """For templates, which would call a search that is a function."""
        return bool(self.search)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or self.chosen)

    # -- rows -------------------------------------------------------------------------------
    @cached_property
    def narrowed(self) -> Rows:
        """All rows that search and filters leave, sorted."""
        rows = self.rows
        for narrowing in self.filters:
            if narrowing.name in self.chosen:
                rows = narrowing.narrow(rows, self.chosen[narrowing.name])
        if self.query and self.search:
            rows = self._found(rows)
        return self._sorted(rows)

    def _found(self, rows: Rows) -> Rows:
        if callable(self.search):
            return self.search(rows, self.query)
        if isinstance(rows, QuerySet):
            for word in self.query.split():
                rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.search)))
            return rows
        words = self.query.lower().split()
        return [
            row
            for row in rows
            if all(any(w in str(getattr(row, n) or "").lower() for n in self.search) for w in words)
        ]

    @cached_property
    def order(self) -> tuple[str, bool]:
        """(key, descending) of the column that sorts; nothing when none does."""
        asked = self._param("sort") or self.sort
        key = asked.removeprefix("-")
        sortable = {column.key for column in self.columns if column.sort}
        return (key, asked.startswith("-")) if key in sortable else ("", False)

    def _sorted(self, rows: Rows) -> Rows:
        key, descending = self.order
        column = next((c for c in self.columns if c.key == key), None)
        if column is None:
            return rows
        if isinstance(rows, QuerySet):
            sign = "-" if descending else ""
            return rows.order_by(f"{sign}{column.sort}", f"{sign}pk")
        known = [row for row in rows if column.read(row) is not None]
        unknown = [row for row in rows if column.read(row) is None]
        return sorted(known, key=column.read, reverse=descending) + unknown

    @cached_property
    def size(self) -> int:
        asked = self._param("size")
        return int(asked) if asked in map(str, PAGE_SIZES) else self.per_page

    @cached_property
    def page(self) -> Page[Any]:
        page = _Pages(self.narrowed, self.size).get_page(self._param("page"))
        page.object_list = self._prepared(page.object_list)  # type: ignore[arg-type]  # rows, whatever pages call them
        return page

    def _prepared(self, rows: Rows) -> list[Any]:
        found = list(rows)
        if self.prepare is not None:
            self.prepare(found)
        return found

    @property
    def total(self) -> int:
        return self.page.paginator.count

    # -- drawing ----------------------------------------------------------------------------
    @cached_property
    def visible(self) -> list[Column]:
        asked = set(filter(None, self._param("cols").split(",")))
        return [c for c in self.columns if (c.key in asked if asked else not c.optional)] or list(
            self.columns
        )

    @property
    def lines(self) -> list[Line]:
        language = get_language() or "zh-hant"
        return [
            Line(self.row_id(row), tuple(shown(c, row, language) for c in self.visible), row)
            for row in self.page
        ]

    @property
    def heads(self) -> list[Link]:
        key, descending = self.order
        heads = []
        for column in self.visible:
            chosen = column.key == key
            following = f"-{column.key}" if chosen and not descending else column.key
            url = self.url(sort=following) if column.sort else ""
            direction = ("descending" if descending else "ascending") if chosen else ""
            heads.append(Link(column.title, url, chosen, direction, column.key, column.kind))
        return heads

    @property
    def choices(self) -> list[tuple[Filter, list[Link], str]]:
        """For each filter: its links (the chosen one removes itself), and the title of the chosen one."""
        out = []
        for narrowing in (one for one in self.filters if not one.hidden):
            value = self.chosen.get(narrowing.name, "")
            links = [
                Link(title, self.url(**{narrowing.name: None if str(v) == value else v}), str(v) == value)
                for v, title in narrowing.options
            ]
            out.append((narrowing, links, next((str(link.title) for link in links if link.chosen), "")))
        return out

    @property
    def column_choices(self) -> list[Link]:
        keys = [c.key for c in self.visible]
        out = []
        for column in self.columns:
            on = column.key in keys
            asked = [c.key for c in self.columns if (c.key in keys) != (c.key == column.key)]
            out.append(Link(column.title, self.url(cols=",".join(asked)), on, key=column.key))
        return out

    @property
    def clear_url(self) -> str:
        return self.url(q=None, **{f.name: None for f in self.filters})

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that the search form carries along."""
        dropped = {self.prefix + name for name in ("q", "page", "export")}
        return [(key, str(value)) for key, value in self.request.GET.items() if key not in dropped]

    @property
    def previous_url(self) -> str:
        return self.url(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.url(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def csv_url(self) -> str:
        return self.url(export="csv")

    @property
    def xlsx_url(self) -> str:
        return self.url(export="xlsx")

    # -- views that the person named ----------------------------------------------------------
    @cached_property
    def state(self) -> str:
        """What a named view keeps: all that the address says of this list, but not the page."""
        return urlencode({key: value for key in self._state_keys if (value := self._param(key))})

    @property
    def _state_keys(self) -> tuple[str, ...]:
        return ("q", *(f.name for f in self.filters), "sort", "cols", "size")

    @property
    def person(self) -> Person | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, Person) else None

    @cached_property
    def views(self) -> list[Link]:
        """The person's named views; of what they hold, only what the list knows comes into an address."""
        if self.person is None:
            return []
        out = []
        for view in list_views_of(self.person, self.name):
            asked = QueryDict(view.query)
            state = {key: asked.get(key, "") for key in self._state_keys}
            known = urlencode({key: value for key, value in state.items() if value})
            out.append(Link(view.title, self.url(**state), known == self.state, key=str(view.pk)))
        return out

    @property
    def _exported(self) -> list[Column]:
        """The visible columns; where some hold amounts, a last one names their currency."""
        columns = self.visible
        of = next((column.currency for column in columns if column.currency), None)
        return columns if of is None else [*columns, Column("currency", _("Currency"), value=of)]

    # -- export -----------------------------------------------------------------------------
    def export(self) -> HttpResponse | None:
        """The file when the address asks for one (``?export=csv|xlsx``), at most 100,000 rows; else None."""
        form = self._param("export")
        if form not in ("csv", "xlsx"):
            return None
        rows = self._prepared(self.narrowed[:EXPORT_ROWS_MAX])
        columns = self._exported
        sheet = Sheet(
            self.name,
            tuple(str(column.title) for column in columns),
            tuple(tuple(plain((column.raw or column.read)(row)) for column in columns) for row in rows),
        )
        body, kind = (as_csv(sheet), CSV_TYPE) if form == "csv" else (as_xlsx(sheet), XLSX_TYPE)
        response = HttpResponse(body, content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{self.name}.{form}"'
        return response
