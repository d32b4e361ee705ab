"""Which templates a person may start from, and the forms that ask for one."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from remit.execution.plan_templates import Template
from remit.execution.queries.templates import content_of, shipped_templates
from remit.execution.template_rules import templates_visible_to
from remit.org.models import Person
from remit.planning.models import Plan

from ..forms import Beside

OWN = "own-"  # before the number of a kept template; those that ship are named by their kind


def offered(person: Person, kind: str = "") -> list[tuple[str, str]]:
    """(code, title) of the templates that a person may take, those that ship first; of one kind or all."""
    language = get_language() or "zh-hant"
    shipped = [(code, one.title.say(language)) for code, one in shipped_templates().items()]
    own = templates_visible_to(person).order_by("name", "pk").values_list("pk", "name", "kind")
    kept = [(f"{OWN}{pk}", name) for pk, name, of in own if kind in ("", of)]
    return [pair for pair in shipped if kind in ("", pair[0])] + kept


def template_by(code: str, person: Person) -> Template | None:
    """The template behind a code; none where the person sees none."""
    if not code.startswith(OWN):
        return shipped_templates().get(code)
    number = code.removeprefix(OWN)
    row = templates_visible_to(person).filter(pk=number).first() if number.isdecimal() else None
    return content_of(row) if row is not None else None


class TakeForm(Beside):
    """Which template's tasks a plan takes."""

    template = forms.ChoiceField(label=gettext_lazy("Template"))

    def __init__(self, *args: Any, by: Person, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["template"].choices = offered(by, plan.kind)


class KeepForm(Beside):
    """What a plan is called as a template."""

    name = forms.CharField(label=pgettext_lazy("template", "Name"), max_length=120)
