"""The text to be screened and what is advertised."""

import json
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from remit.core.plain_yaml import NotPlain, read_plain
from remit.governance.enums import ContentChannel
from remit.governance.screening.packs import industries
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.org.time_rules import choosable_by

from ..forms import Beside, Day, TitledChoice
from ..templatetags.figures import say

TEXT_MAX, YAML_MAX = 20_000, 200_000


def _choices() -> list[tuple[str, Any]]:
    language = get_language() or "zh-hant"
    return [("", _("As the text tells")), *((code, one.say(language)) for code, one in industries().items())]


class ScreenForm(forms.Form):
    """Told by its words: the industry may stay open."""

    text = forms.CharField(
        label=_("Text"), max_length=TEXT_MAX, strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("As it is to be published, with its small print."),
        error_messages={"required": _("Paste the text first.")},
    )  # fmt: skip
    industry = forms.ChoiceField(label=_("Industry"), required=False, choices=_choices)


class OwnWordsForm(forms.Form):
    """The company's list as YAML; a file takes the place of what is written."""

    content = forms.CharField(
        label=_("Our own words"), max_length=YAML_MAX, strip=False, required=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code-area", "wrap": "off"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or from a file"), required=False,
        help_text=_("YAML in UTF-8. It is shown here first and takes the place of what is written above."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why it changes"), max_length=300, required=False)
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The mapping; what it says is checked when it is tried."""
        given = super().clean() or {}
        written, file = given.get("content") or "", given.get("file")
        if file:
            if file.size > YAML_MAX:
                self.add_error("file", gettext("The file is too large: at most 200 kB."))
                return given
            try:
                written = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", gettext("The file is not UTF-8. Save it as UTF-8."))
                return given
        try:
            return {**given, "content": _mapping(written)}
        except forms.ValidationError as error:
            self.add_error("content", error)
            return given


def _mapping(written: str) -> dict[str, Any]:
    """What YAML says, as JSON can hold it: days and the like as their text. Raise ValidationError."""
    try:
        content = read_plain(written) or {}
    except NotPlain as error:
        raise forms.ValidationError(say(error.why)) from None
    if not isinstance(content, dict):
        raise forms.ValidationError(
            gettext("Write rules:, changes:, disabled: or exceptions: with what follows.")
        )
    plain: dict[str, Any] = json.loads(json.dumps(_named(content), default=str).replace("\\u0000", ""))
    return plain


def _named(value: Any) -> Any:
    """Keys as text: JSON has no others."""
    if isinstance(value, dict):
        return {str(key): _named(each) for key, each in value.items()}
    return [_named(each) for each in value] if isinstance(value, list) else value


class ContentForm(forms.Form):
    """Content to be kept. ``unit`` is asked once; ``live_on`` of who may register what is live already."""

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("Text"), max_length=TEXT_MAX, strip=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("As it is to be published, with its small print."),
    )  # fmt: skip
    channel = forms.ChoiceField(label=_("Channel"), choices=ContentChannel.choices)
    industry = forms.ChoiceField(label=_("Industry"), required=False, choices=_choices)
    unit = TitledChoice(label=_("Unit"), queryset=None)
    owner = TitledChoice(label=_("Owner"), queryset=None)
    live_on = Day(
        label=pgettext_lazy("content", "Live since"), required=False,
        help_text=_("Only for what is published already; leave it empty for what is still to be reviewed."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, is_new: bool, may_live: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(by).order_by("path")
        fields["owner"].queryset = choosable_by(by, today()).order_by("name")
        fields["owner"].initial = by
        if not is_new:
            del fields["unit"]
        if not (is_new and may_live):
            del fields["live_on"]

    def clean_text(self) -> str:
        """A browser sends line ends as two characters; places count what is shown."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_live_on(self) -> Any:
        day = self.cleaned_data["live_on"]
        if day and day > today():
            raise forms.ValidationError(gettext("That day lies in the future."))
        return day


class ReasonForm(Beside):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
