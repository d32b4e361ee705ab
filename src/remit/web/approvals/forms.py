"""What is asked when something is signed, handed in or published."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remit.core.plain_yaml import NotPlain, read_plain
from remit.governance.enums import Decision
from remit.governance.queries.shipped import NewClause

from ..forms import Beside
from ..templatetags.figures import say

YAML_MAX = 60_000


class SignForm(Beside):
    """A decision on exactly what was shown."""

    decision = forms.ChoiceField(choices=Decision.choices)
    shown = forms.CharField(max_length=64)
    reason = forms.CharField(max_length=500, required=False)


class GreenForm(Beside):
    """Why it cannot wait for its papers."""

    reason = forms.CharField(
        label=gettext_lazy("Why it cannot wait"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Empty: it goes the ordinary way."),
    )  # fmt: skip


class PaperForm(Beside):
    """One document."""

    file = forms.FileField(label=gettext_lazy("File"))


class PolicyForm(forms.Form):
    """The clauses of a policy as YAML."""

    clauses = forms.CharField(
        label=gettext_lazy("Clauses"), max_length=YAML_MAX, strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "code-area", "wrap": "off"}),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Why it changes"), max_length=300, required=False)
    after = forms.IntegerField(widget=forms.HiddenInput)

    def clean_clauses(self) -> list[dict[str, Any]]:
        """The rows; what they say is checked when they are tried."""
        try:
            rows = read_plain(self.cleaned_data["clauses"])
        except NotPlain as error:
            raise forms.ValidationError(say(error.why)) from None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise forms.ValidationError(_("Write a list of clauses; each begins with - code: …"))
        return rows


class TakeForm(forms.Form):
    """Which of the clauses that ship are taken."""

    clauses = forms.MultipleChoiceField(
        error_messages={"required": gettext_lazy("Choose at least one clause, or leave the policy as it is.")}
    )
    reason = forms.CharField(label=gettext_lazy("Why it changes"), max_length=300, required=False)
    after = forms.IntegerField(widget=forms.HiddenInput)

    def offer(self, found: Iterable[NewClause]) -> None:
        """Those that ship otherwise than they stand here."""
        fields: dict[str, Any] = self.fields
        fields["clauses"].choices = [(each.code, each.code) for each in found]
