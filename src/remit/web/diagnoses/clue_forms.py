"""What is asked of a piece of evidence, kind by kind; each form gives what its action takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from remit.learning.models import Experiment
from remit.learning.rules import experiments_visible_to
from remit.metrics.catalog.dimensions import BUCKETS, DIMENSIONS
from remit.metrics.engine.question import Condition
from remit.metrics.models import SavedQuestion
from remit.metrics.rules import questions_visible_to
from remit.metrics.saved import is_journey

from ..duties.things import thing_at
from ..figures.asked import TIMES, Asked
from ..figures.choices import dimension_title, preset_words
from ..figures.sight import Sight
from ..figures.words import PRESETS
from ..forms import Beside, Day, TitledChoice
from ..journeys.asked import PAGES
from .forms import metric_choices, words_field

NOT_SPLIT = ("unit", "company", "customer")


def _shows() -> forms.CharField:
    return words_field(gettext_lazy("What it shows"), 1000)


class ClueForm(Beside):
    """A piece of evidence in the sight of who gives it."""

    def __init__(self, *args: Any, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sight = sight


class FigureForm(ClueForm):
    """A metric, split and of a segment if wanted, over some days."""

    metric = forms.ChoiceField(label=gettext_lazy("Metric"))
    split = forms.ChoiceField(label=gettext_lazy("Split by"), required=False)
    period = forms.ChoiceField(label=gettext_lazy("Period"), initial="last 13 weeks")
    first = Day(label=gettext_lazy("Or from"), required=False)
    last = Day(label=pgettext_lazy("evidence", "until"), required=False)
    dimension = forms.ChoiceField(label=gettext_lazy("Only the segment whose"), required=False)
    values = forms.CharField(
        label=gettext_lazy("is one of"), max_length=400, required=False,
        help_text=gettext_lazy("Separated by commas, as figures write them."),
    )  # fmt: skip
    words = _shows()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["metric"].choices = [("", _("Choose…")), *metric_choices()]
        attributes = [
            (name, dimension_title(name)) for name in DIMENSIONS if name not in (*BUCKETS, *NOT_SPLIT)
        ]
        fields["split"].choices = [
            ("", pgettext("evidence", "Not split")),
            *((n, dimension_title(n)) for n in TIMES),
            *attributes,
        ]
        fields["dimension"].choices = [("", _("Everybody")), *attributes]
        fields["period"].choices = [(text, preset_words(text)) for text in PRESETS]

    def clean(self) -> dict[str, Any]:
        """The question, and what it shows."""
        given = super().clean() or {}
        if bool(given.get("dimension")) != bool(given.get("values", "").strip()):
            self.add_error("values", _("Say which segment: an attribute and its values."))
        first, last = given.get("first"), given.get("last")
        if bool(first) != bool(last) or (first and last and last < first):
            self.add_error("last", _("Give both days, the earlier one first."))
        if self.errors:
            return given
        return {"question": self._question(given), "words": given["words"]}

    def _question(self, given: dict[str, Any]) -> dict[str, Any]:
        period = f"{given['first']}..{given['last']}" if given["first"] else given["period"]
        values = [one.strip() for one in given["values"].replace("，", ",").split(",") if one.strip()]
        asked = Asked(
            metrics=(given["metric"],), by=(given["split"],) if given["split"] else (), period=period,
            where=(Condition(given["dimension"], tuple(values)),) if given["dimension"] else (),
        )  # fmt: skip
        split = given["split"]
        order = [split if split in TIMES else f"-{given['metric']}"] if split else []
        return {**asked.saved(), "order": order}


class SavedForm(ClueForm):
    """A question that was saved before: of the explorer, or of journeys."""

    question = TitledChoice(label=gettext_lazy("Saved question"), queryset=None)
    words = _shows()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["question"].queryset = questions_visible_to(self.sight.person).order_by("title")
        fields["question"].label_from_instance = lambda saved: saved.title

    def clean_question(self) -> dict[str, Any]:
        """As it is kept, of the part of its unit that is the viewer's."""
        saved: SavedQuestion = self.cleaned_data["question"]
        question = dict(saved.question)
        if is_journey(question) and question["journey"] not in PAGES:
            raise forms.ValidationError(_("Questions of this kind cannot be drawn; choose another."))
        return {**question, "unit": self.sight.own_part(str(question.get("unit", "")))}


class QuoteForm(ClueForm):
    """What a customer said."""

    words = words_field(gettext_lazy("In their own words"), 1000)
    said_by = forms.CharField(
        label=gettext_lazy("Who said it, and where"), max_length=120, required=False,
        help_text=gettext_lazy("As far as may be told: no names of customers."),
    )  # fmt: skip


class TestForm(ClueForm):
    """An experiment."""

    experiment = TitledChoice(label=gettext_lazy("Experiment"), queryset=None)
    words = _shows()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        rows = experiments_visible_to(self.sight.person).order_by("-starts_on")
        fields["experiment"].queryset = rows
        fields["experiment"].label_from_instance = _titled


def _titled(experiment: Experiment) -> str:
    return f"{experiment.title} ({experiment.get_stage_display()})"


class ThingForm(ClueForm):
    """A page, of this product or elsewhere."""

    address = forms.CharField(
        label=gettext_lazy("Address of the page"), max_length=500,
        help_text=gettext_lazy("Of this product, such as a meeting or a report, or of another site."),
    )  # fmt: skip
    words = _shows()

    def clean(self) -> dict[str, Any]:
        """The thing behind the address, or the address itself when it is another site's."""
        given = super().clean() or {}
        if self.errors:
            return given
        address = given["address"].strip()
        ref = thing_at(self.sight.person, address)
        if ref is None:
            try:
                forms.URLField(assume_scheme="https", max_length=500).clean(address)
            except forms.ValidationError as error:
                self.add_error("address", error)
                return given
        return {"ref": ref, "url": "" if ref else address, "words": given["words"]}
