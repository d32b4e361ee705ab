"""A metric of the company's own, as a form: what is counted, which rows, divided by what. Never SQL."""

import re
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from remit.core.text import Text
from remit.lake.tables import TABLES
from remit.lake.tables.table import Table
from remit.metrics.catalog.dimensions import DIMENSIONS, Kind
from remit.metrics.catalog.spec import Better, Family, Metric, Nothing, Unit
from remit.metrics.catalog.writing import OPS, UnreadableSpec, read_spec
from remit.org.models import Position

from .choices import FAMILIES, dimension_title
from .metric_words import better_words, column_title, nothing_words, table_title, unit_words
from .sight import Sight

FILTERS = 3
WHOLE = re.compile(r"-?[0-9]{1,18}")
FACTS = [table for table in TABLES.values() if table.kind == "fact"]
OP_WORDS = {
    "in": gettext_lazy("is one of"),
    "not in": gettext_lazy("is none of"),
    "known": gettext_lazy("is known"),
    "unknown": gettext_lazy("is unknown"),
    ">": ">",
    ">=": "≥",
    "<": "<",
    "<=": "≤",
}


def _countable(table: Table) -> list[str]:
    """Columns of which different values mean something: things, codes and days."""
    return [
        column.name
        for column in table.columns
        if column.name not in ("import_id", "line_code", "sold_at") and not column.adds_up
    ]


def what_choices(sight: Sight, own: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything that can be counted, in groups: metrics, sums, rows, different values."""
    language = get_language() or "zh-hant"
    metrics = [
        (f"metric:{m.name}", str(m.title.say(language))) for m in sight.metrics.values() if m.name != own
    ]
    sums, rows, different = [], [], []
    for table in FACTS:
        rows.append((f"count:{table.name}", table_title(table.name)))
        for column in table.columns:
            if column.adds_up:
                sums.append((f"sum:{table.name}.{column.name}", _label(table, column.name)))
        different += [(f"distinct:{table.name}.{name}", _label(table, name)) for name in _countable(table)]
    return [
        (_("Sum of"), sums),
        (_("Number of rows of"), rows),
        (_("Number of different"), different),
        (_("A metric"), metrics),
    ]


def _label(table: Table, column: str) -> str:
    return _("%(table)s: %(column)s") % {
        "table": table_title(table.name),
        "column": column_title(table.name, column),
    }


def field_choices() -> list[tuple[str, str]]:
    """What a filter of a specification may name: attributes, and the facts' own text columns."""
    kinds = (Kind.ATTRIBUTE, Kind.OWN)
    dimensions = [(name, dimension_title(name)) for name, one in DIMENSIONS.items() if one.kind in kinds]
    known = {name for name, _title in dimensions}
    columns = {
        column.name: column_title(table.name, column.name)
        for table in FACTS
        for column in table.columns
        if column.name not in known and not column.name.endswith("_id") and column.given
    }
    return [("", "—"), *dimensions, *columns.items()]


class OperandForm(forms.Form):
    """One figure: a metric, or an aggregate with up to three filters."""

    what = forms.ChoiceField(label=gettext_lazy("What is counted"))

    def __init__(
        self, *args: Any, sight: Sight, own: str = "", optional: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = what_choices(sight, own)
        self.fields["what"].choices = [("", "—"), *choices] if optional else choices  # type: ignore[attr-defined]  # ours is a choice
        self.fields["what"].required = not optional
        for number in range(FILTERS):
            self.fields[f"field_{number}"] = forms.ChoiceField(
                label=_("Only rows where"), choices=field_choices, required=False
            )
            self.fields[f"op_{number}"] = forms.ChoiceField(
                label=_("comparison"), choices=[(op, OP_WORDS[op]) for op in OPS], required=False
            )
            self.fields[f"values_{number}"] = forms.CharField(
                label=_("values"), required=False, max_length=400, help_text=_("Separated by commas.")
            )

    def filter_rows(self) -> list[tuple[Any, ...]]:
        """The bound fields of each filter, to be drawn in one line."""
        return [tuple(self[f"{part}_{n}"] for part in ("field", "op", "values")) for n in range(FILTERS)]

    def data_of(self) -> Any:
        """A metric's name or a simple specification, as plain data; empty when nothing is chosen."""
        what = self.cleaned_data.get("what", "")
        if not what:
            return ""
        kind, _colon, rest = what.partition(":")
        if kind == "metric":
            return rest
        table, _dot, column = rest.partition(".")
        spec: dict[str, Any] = {"kind": kind, "table": table, "where": self._where()}
        if kind == "sum":
            spec["column"] = column
        if kind == "distinct":
            spec["columns"] = ["unit_id", column] if column == "order_code" else [column]
        return spec

    def _where(self) -> list[dict[str, Any]]:
        found = []
        for number in range(FILTERS):
            name = self.cleaned_data.get(f"field_{number}")
            if not name:
                continue
            op = self.cleaned_data.get(f"op_{number}") or "in"
            texts = [t.strip() for t in self.cleaned_data.get(f"values_{number}", "").split(",") if t.strip()]
            values: list[Any] = [None if text == "unknown" else text for text in texts]
            if op in (">", ">=", "<", "<="):
                values = [int(text) if WHOLE.fullmatch(text) else text for text in texts]
            if op in ("known", "unknown"):
                values = []
            found.append({"field": name, "op": op, "values": values})
        return found


class MetricForm(forms.Form):
    """What the metric is called and how it is read."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("English title"), max_length=120, required=False)
    code = forms.RegexField(
        "^[a-z][a-z0-9_]{1,59}$",
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Small letters, digits and _; questions and the API call it so."),
        error_messages={
            "invalid": gettext_lazy("A name is made of small letters, digits and _, such as fresh_sales.")
        },
    )
    meaning = forms.CharField(
        label=gettext_lazy("Meaning"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("A sentence that says what it counts and what it leaves out."),
    )
    meaning_en = forms.CharField(
        label=gettext_lazy("English meaning"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    shape = forms.ChoiceField(
        label=gettext_lazy("Made of"),
        choices=[
            ("one", gettext_lazy("one figure")),
            ("ratio", gettext_lazy("one figure divided by another")),
            ("difference", gettext_lazy("one figure less another")),
        ],
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    digits = forms.IntegerField(label=gettext_lazy("Decimals"), min_value=0, max_value=6, initial=1)
    better = forms.ChoiceField(label=gettext_lazy("Better"))
    nothing = forms.ChoiceField(label=gettext_lazy("When no row matches"))
    family = forms.ChoiceField(label=gettext_lazy("Family"))
    owner = forms.ChoiceField(
        label=gettext_lazy("Owner"), help_text=gettext_lazy("The position that answers for it.")
    )

    def __init__(self, *args: Any, positions: list[Position], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh-hant"
        choices = {
            "unit": [(one.value, unit_words(one)) for one in Unit],
            "better": [(one.value, better_words(one)) for one in Better],
            "nothing": [(one.value, nothing_words(one)) for one in Nothing],
            "family": [(one.value, FAMILIES[one]) for one in Family],
            "owner": [(position.code, position.title(language)) for position in positions],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]  # ours are choices
        if not is_new:
            self.fields["code"].disabled = True


def values_of(form: MetricForm, first: OperandForm, second: OperandForm) -> dict[str, Any]:
    """What ``define_metric`` takes; raise UnreadableSpec where a second figure is missing."""
    values = {name: value for name, value in form.cleaned_data.items() if name not in ("code", "shape")}
    one, other = first.data_of(), second.data_of()
    shape = form.cleaned_data["shape"]
    if shape != "one" and not other:
        raise UnreadableSpec(
            "請選擇第二個數字，或在上面改選「單一數字」。", "Choose the second figure, or “one figure” above."
        )
    if shape == "ratio":
        spec: Any = {"kind": "ratio", "top": one, "bottom": other}
    elif shape == "difference":
        spec = {"kind": "linear", "plus": [one], "minus": [other]}
    else:
        spec = {"kind": "linear", "plus": [one]} if isinstance(one, str) else one
    return {**values, "spec": spec, "table": _table(one) or _table(other) or "order_lines"}


def _table(operand: Any) -> str:
    return str(operand.get("table", "")) if isinstance(operand, dict) else ""


def metric_of_values(code: str, values: dict[str, Any], sight: Sight) -> Metric:
    """The definition as the engine takes it, for a look before it is kept; raise UnreadableSpec."""
    known = {name: metric for name, metric in sight.metrics.items() if name != code}
    table = values["table"]
    for operand in (values["spec"].get("top"), *values["spec"].get("plus", ())):
        if isinstance(operand, str) and operand in known:
            table = known[operand].table
            break
    return Metric(
        name=code,
        title=Text(values["title"], values["title_en"] or values["title"]),
        meaning=Text(values["meaning"], values["meaning_en"] or values["meaning"]),
        family=Family(values["family"]),
        unit=Unit(values["unit"]),
        better=Better(values["better"]),
        table=table,
        grain=TABLES[table].grain,
        nothing=Nothing(values["nothing"]),
        owner=values["owner"],
        spec=read_spec(values["spec"], table, known),
        digits=values["digits"],
        shipped=False,
    )


def initial_of(metric: Metric, data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Initial values of the three forms for a definition; ``data`` is its specification as plain data."""
    main = {
        "title": metric.title.zh_hant, "title_en": metric.title.en, "code": metric.name,
        "meaning": metric.meaning.zh_hant, "meaning_en": metric.meaning.en, "unit": metric.unit.value,
        "digits": metric.digits, "better": metric.better.value, "nothing": metric.nothing.value,
        "family": metric.family.value, "owner": metric.owner,
    }  # fmt: skip
    if data["kind"] == "ratio":
        parts = ("ratio", data["top"], data["bottom"])
    elif data["kind"] == "linear" and data.get("minus"):
        parts = ("difference", data["plus"][0], data["minus"][0])
    elif data["kind"] == "linear":
        parts = ("one", data["plus"][0], "")
    else:
        parts = ("one", data, "")
    main["shape"] = parts[0]
    return main, _operand_initial(parts[1], metric.table), _operand_initial(parts[2], metric.table)


def _operand_initial(operand: Any, table: str) -> dict[str, Any]:
    if not operand:
        return {}
    if isinstance(operand, str):
        return {"what": f"metric:{operand}"}
    table = operand.get("table") or table
    kind = operand["kind"]
    column = operand.get("column") or (operand.get("columns") or [""])[-1]
    initial = {"what": f"{kind}:{table}" if kind == "count" else f"{kind}:{table}.{column}"}
    for number, one in enumerate(operand.get("where", [])[:FILTERS]):
        initial[f"field_{number}"] = one["field"]
        initial[f"op_{number}"] = one.get("op", "in")
        initial[f"values_{number}"] = ", ".join(
            "unknown" if v is None else str(v) for v in one.get("values", [])
        )
    return initial
