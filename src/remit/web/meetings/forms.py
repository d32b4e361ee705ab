"""What is asked of meetings, their agendas and their series."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from remit.core.ref import Ref
from remit.governance.actions.meeting import Topic
from remit.governance.enums import Choice, Rhythm, Rule
from remit.governance.models import AgendaItem, Meeting, MeetingSeries
from remit.governance.queries.meetings import invitable_by
from remit.org.models import Person
from remit.org.queries.today import today
from remit.org.rules import units_visible_to
from remit.planning.rules import plans_carried_by

from ..forms import Beside, Clock, Day, TitledChoice
from ..templatetags.figures import say

WORDS: dict[str, Any] = {"max_length": 2000, "widget": forms.Textarea(attrs={"rows": 2})}
LENGTH: dict[str, Any] = {"min_value": 5, "max_value": 600, "initial": 60}
RULES = [("", gettext_lazy("Choose…")), *Rule.choices]
ITEMS_MOST, BLANK_ITEMS = 20, 3


class People(forms.ModelMultipleChoiceField):
    """Ticked people by their names."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "ticks"})

    def label_from_instance(self, obj: Any) -> str:
        return str(say(obj))


class MeetingForm(forms.Form):
    """When, where, and who. ``unit`` is asked once."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    on = Day(label=pgettext_lazy("meeting", "Day"))
    at = Clock(label=pgettext_lazy("meeting", "Begins at"))
    duration_min = forms.IntegerField(label=gettext_lazy("Length in minutes"), **LENGTH)
    place = forms.CharField(
        label=gettext_lazy("Place or link"), max_length=300, required=False,
        help_text=gettext_lazy("A room, or the address of an online meeting."),
    )  # fmt: skip
    chair = TitledChoice(label=pgettext_lazy("meeting", "Chair"), queryset=None)
    people = People(label=gettext_lazy("Who takes part"), queryset=None, required=False)

    def __init__(self, *args: Any, by: Person, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        there = list(meeting.people.values_list("pk", flat=True)) if meeting else []
        people = invitable_by(by, today(), there)
        fields["chair"].queryset = fields["people"].queryset = people.order_by("name")
        fields["unit"].queryset = units_visible_to(by).order_by("path")
        if meeting is None:
            fields["chair"].initial = by
            return
        del fields["unit"]
        for name in ("title", "duration_min", "place", "chair"):
            fields[name].initial = getattr(meeting, name)
        fields["people"].initial = there


class ItemForm(forms.Form):
    """One item of an agenda."""

    title = forms.CharField(label=pgettext_lazy("agenda", "Item"), max_length=160)
    rule = forms.ChoiceField(label=gettext_lazy("How it is decided"), choices=RULES, required=False)
    decider = TitledChoice(label=gettext_lazy("Who decides"), queryset=None, required=False)
    figure = forms.CharField(
        label=gettext_lazy("Which figure decides"), max_length=160, required=False,
        help_text=gettext_lazy("Only where data decide."),
    )  # fmt: skip
    material = forms.CharField(
        label=gettext_lazy("Material"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["decider"].queryset = invitable_by(by, today()).order_by("name")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("rule") == Rule.DECIDER and not given.get("decider"):
            self.add_error("decider", _("Name who decides."))
        if given.get("rule") == Rule.DATA and not given.get("figure"):
            self.add_error("figure", _("Name the figure that decides."))
        return given


class OneItemForm(ItemForm):
    """An item with what can be attached to it: a page of ours, or a file."""

    address = forms.CharField(
        label=gettext_lazy("Page of ours"), max_length=300, required=False,
        help_text=gettext_lazy("Paste the address of a campaign, budget, board, request …"),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("File"), required=False)


class BlankItem(ItemForm):
    """An item of a new meeting; a row without a title is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False


ItemForms = forms.formset_factory(
    BlankItem, extra=BLANK_ITEMS, max_num=ITEMS_MOST, validate_max=True, absolute_max=ITEMS_MOST + 10
)


def topics_by(forms_: Any) -> list[Topic]:
    """The rows that say something."""
    given = [form.cleaned_data for form in forms_ if form.cleaned_data.get("title")]
    return [topic_by(row) for row in given]


def topic_by(row: dict[str, Any], thing: Ref | None = None) -> Topic:
    """One row as an item."""
    names = ("title", "rule", "decider", "figure", "material")
    return Topic(**{name: row[name] for name in names}, thing=thing)


class DecisionForm(Beside):
    """What was decided; where data decide, what they read."""

    decision = forms.CharField(label=gettext_lazy("Decision"), **WORDS)
    reading = forms.CharField(label=gettext_lazy("What the figure reads"), max_length=300)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"decision_{item.pk}_%s", **kwargs})
        if item.rule != Rule.DATA:
            del self.fields["reading"]


class DeferralForm(Beside):
    """To when, and who sees to it."""

    to = Day(label=pgettext_lazy("agenda item", "Deferred to"))
    owner = TitledChoice(label=gettext_lazy("Who sees to it"), queryset=None)

    def __init__(self, *args: Any, item: AgendaItem, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"deferral_{item.pk}_%s", **kwargs})
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = item.meeting.people.all()
        fields["owner"].choices = [("", _("Choose…")), *((one.pk, say(one)) for one in people)]


class ObjectionForm(Beside):
    """What speaks against it."""

    reason = forms.CharField(label=gettext_lazy("What speaks against it"), max_length=600)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"objection_{item.pk}_%s", **kwargs})


class VoteForm(forms.Form):
    """One of the three."""

    choice = forms.ChoiceField(choices=Choice.choices)


class MinutesForm(Beside):
    """What was said."""

    minutes = forms.CharField(
        label=pgettext_lazy("meeting", "Minutes"), max_length=20000, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip


class ActionForm(Beside):
    """Who does what by when."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    owner = TitledChoice(label=gettext_lazy("Owner"), queryset=None)
    due_on = Day(label=gettext_lazy("Due on"))
    item: forms.ModelChoiceField = forms.ModelChoiceField(
        label=pgettext_lazy("agenda", "Item"), queryset=None, required=False,
        empty_label=pgettext_lazy("agenda item", "none"),
    )  # fmt: skip
    plan: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("As a task of the campaign"), queryset=None, required=False,
        empty_label=pgettext_lazy("task of a campaign", "none"),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        there = meeting.people.values_list("pk", flat=True)
        fields["owner"].queryset = invitable_by(by, today(), there).order_by("name")
        fields["item"].queryset = meeting.items.order_by("position")
        about = Ref.parse(meeting.about) if meeting.about else None
        fields["plan"].queryset = plans_carried_by(by)
        fields["plan"].label_from_instance = lambda plan: plan.title
        fields["plan"].initial = about.id if about and about.kind == "plan" else None


class ReasonForm(Beside):
    """Why it does not take place."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class SeriesForm(forms.Form):
    """A series. Unit, rhythm and day are asked once: who changes them ends it and sets up another."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    unit = TitledChoice(label=gettext_lazy("Unit"), queryset=None)
    rhythm = forms.ChoiceField(label=pgettext_lazy("meeting series", "How often"), choices=Rhythm.choices)
    day = forms.IntegerField(
        label=pgettext_lazy("meeting series", "On which day"), min_value=1, max_value=28, initial=1,
        help_text=gettext_lazy(
            "1 (Monday) to 7 of a week, or 1 to 28 of a month. Where nobody works then: the next working day."
        ),
    )  # fmt: skip
    time_of_day = Clock(label=pgettext_lazy("meeting", "Begins at"))
    duration_min = forms.IntegerField(label=gettext_lazy("Length in minutes"), **LENGTH)
    place = forms.CharField(label=gettext_lazy("Place or link"), max_length=300, required=False)
    chair = TitledChoice(label=pgettext_lazy("meeting", "Chair"), queryset=None)
    members = People(label=gettext_lazy("Who belongs to it"), queryset=None, required=False)

    def __init__(self, *args: Any, by: Person, series: MeetingSeries | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        there = list(series.members.values_list("pk", flat=True)) if series else []
        people = invitable_by(by, today(), there)
        fields["chair"].queryset = fields["members"].queryset = people.order_by("name")
        fields["unit"].queryset = units_visible_to(by).order_by("path")
        if series is None:
            fields["chair"].initial = by
            return
        for name in ("unit", "rhythm", "day"):
            del fields[name]
        for name in ("title", "duration_min", "place", "chair"):
            fields[name].initial = getattr(series, name)
        fields["time_of_day"].initial = series.at
        fields["members"].initial = there

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("rhythm") in (Rhythm.WEEKLY, Rhythm.FORTNIGHTLY) and given.get("day", 1) > 7:
            self.add_error("day", _("A week has the days 1 to 7."))
        return given


def moment_of(given: dict[str, Any], zone: Any) -> datetime:
    """The day and time of a form as they are meant in the unit."""
    at: time = given["at"]
    return datetime.combine(given["on"], at, tzinfo=zone)
