"""Small pieces of the shell: icons, JSON for scripts, attributes."""

import json
from functools import lru_cache
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
FOR_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@register.simple_tag
@lru_cache(maxsize=2048)  # a page has dozens, always of the same few
def icon(name: str, label: str = "") -> SafeString:
    """``{% icon "bell" %}`` from the sprite; decoration unless it has a label."""
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>', role, static("remit/icons.svg"), name
    )


@register.filter
def as_json(value: Any) -> SafeString:
    """JSON that may stand inside a ``<script type="application/json">``."""
    return mark_safe(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).translate(FOR_SCRIPT))  # noqa: S308  # the three marks that could end the block are escaped


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """``{{ mapping|item:key }}``: a look-up by a variable key, None when absent."""
    try:
        return mapping[key]
    except (KeyError, IndexError, TypeError):
        return None


PLAIN_WIDGETS = {"select": "form-select", "selectmultiple": "form-select", "nullbooleanselect": "form-select"}
TICKED_WIDGETS = frozenset({"checkbox", "radioselect", "checkboxselectmultiple"})


@register.simple_tag
def dressed(field: BoundField) -> SafeString:
    """``{% dressed field %}``: a form's widget in our looks, whoever made the form."""
    kind = field.widget_type
    looks = "form-check-input" if kind in TICKED_WIDGETS else PLAIN_WIDGETS.get(kind, "form-control")
    own = field.field.widget.attrs.get("class", "")
    wrong = " is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": f"{own} {looks}{wrong}".strip()})


BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Chrome/", "Chrome"),
    ("Firefox/", "Firefox"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


@register.filter
def browser(agent: str) -> str:
    """``Chrome · Windows`` from what a browser says of itself; the beginning of it when unknown."""
    names = [next((name for sign, name in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, names)) or agent[:40]
