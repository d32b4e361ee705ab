"""What is asked when a file is handed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from remit.lake.rules import units_importable_by
from remit.org.models import Person

from ..forms import TitledChoice


class UploadForm(forms.Form):
    """A file, and the company in whose books its rows will stand."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, Excel (XLSX) or Parquet."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.parquet"}),
    )
    unit = TitledChoice(label=_("Company"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_importable_by(by).order_by("path")  # type: ignore[attr-defined]  # ours is a model choice


class KeepForm(forms.Form):
    """A name under which a mapping is kept."""

    name = forms.CharField(label=_("Name"), max_length=80)


class ReasonForm(forms.Form):
    """Why rows are given up."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, error_messages={"required": _("Say why the rows are given up.")}
    )
