"""What is asked about skills, ladders, mentors, first days and successors."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from remit.org.enums import CriterionKind, Level, Readiness, SkillKind, SkillSource
from remit.org.growth_rules import skills_visible_to, units_guided_by
from remit.org.models import Ladder, Person
from remit.org.queries.colleagues import colleagues_of
from remit.org.rules import positions_visible_to

from ..forms import Beside, Code, Day, TitledChoice


def _level(**more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Level"), coerce=int, **more)


class SkillForm(forms.Form):
    """A skill: what is meant, and what closes a gap."""

    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=SkillKind.choices)
    meaning = forms.CharField(label=_("Meaning"), required=False, widget=forms.Textarea({"rows": 2}))
    meaning_en = forms.CharField(
        label=_("Meaning, in English"), required=False, widget=forms.Textarea({"rows": 2})
    )
    remedy = forms.CharField(
        label=_("What closes a gap"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Shown to whoever lacks it: a course, sitting in on meetings, a rotation."),
    )
    remedy_en = forms.CharField(
        label=_("What closes a gap, in English"), required=False, widget=forms.Textarea({"rows": 2})
    )


class NewSkillForm(SkillForm):
    """A new skill: also its code."""

    code = Code(label=_("Code"), max_length=40)
    field_order = ("code",)


class AskForm(forms.Form):
    """The level of a skill that a position asks for."""

    skill = TitledChoice(label=_("Skill"), queryset=None)
    level = _level(choices=[("", _("not asked for")), *Level.choices], required=False, empty_value=None)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = skills_visible_to(by).order_by("-kind", "code")  # type: ignore[attr-defined]  # ours is a model choice


class AssessmentForm(forms.Form):
    """How well somebody can do something, and who says so."""

    skill = TitledChoice(label=_("Skill"), queryset=None)
    source = forms.ChoiceField(label=_("Who says so"))
    level = _level(choices=Level.choices)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=300,
        help_text=_("A web address, or a reference such as file:7. Needed where evidence speaks."),
    )

    def __init__(self, *args: Any, by: Person, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = skills_visible_to(by).order_by("-kind", "code")  # type: ignore[attr-defined]  # ours is a model choice
        own = by.pk == person.pk
        sources = (SkillSource.SELF,) if own else (SkillSource.MANAGER, SkillSource.EVIDENCE)
        self.fields["source"].choices = [(each.value, each.label) for each in sources]  # type: ignore[attr-defined]  # ours is a choice
        if own:
            del self.fields["evidence"]


class MentoringForm(Beside):
    """A mentor for somebody."""

    mentor = TitledChoice(label=_("Mentor"), queryset=None)
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("To (included)"), required=False)
    aim = forms.CharField(label=_("Aim"), max_length=300)

    def __init__(self, *args: Any, by: Person, mentee: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = colleagues_of(by, on).exclude(pk=mentee.pk)
        self.fields["mentor"].queryset = others.order_by("name")  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["starts_on"].initial = on


class PlanForm(Beside):
    """The first day of somebody new."""

    starts_on = Day(label=_("First day"))


class CheckInForm(forms.Form):
    """What was talked about."""

    text = forms.CharField(
        label=_("What you talked about, and what follows"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The newcomer reads it too."),
    )


class FirstDayForm(forms.Form):
    """A step of everybody new."""

    day = forms.IntegerField(
        label=_("Day"),
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("1 is the first day; calendar days."),
    )
    name = forms.CharField(label=_("What is done"), max_length=200)
    name_en = forms.CharField(label=_("In English"), max_length=200, required=False)


class LadderForm(forms.Form):
    """A new ladder."""

    code = Code(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)


class RungForm(forms.Form):
    """The next position of a ladder."""

    position = TitledChoice(label=_("Position"), queryset=None)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = positions_visible_to(by).order_by("code")  # type: ignore[attr-defined]  # ours is a model choice


class RungChoice(forms.ModelChoiceField):
    """A rung by its position."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.position.title(get_language() or "zh-hant"))


class CriterionForm(forms.Form):
    """What a rung asks for: fill in what belongs to the kind."""

    rung = RungChoice(label=_("To become"), queryset=None, empty_label=_("Choose…"))
    kind = forms.ChoiceField(label=_("Kind"), choices=CriterionKind.choices)
    skill = TitledChoice(label=_("Skill"), queryset=None, required=False)
    level = _level(choices=[("", "—"), *Level.choices], required=False, empty_value=None)
    months = forms.IntegerField(label=_("Months"), required=False, min_value=1, max_value=600)
    statement = forms.CharField(label=_("Statement"), required=False, max_length=300)
    statement_en = forms.CharField(label=_("Statement, in English"), required=False, max_length=300)

    def __init__(self, *args: Any, by: Person, ladder: Ladder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rungs = ladder.rungs.select_related("position").order_by("order")
        self.fields["rung"].queryset = rungs  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["skill"].queryset = skills_visible_to(by).order_by("-kind", "code")  # type: ignore[attr-defined]  # ours is a model choice


class SuccessorForm(forms.Form):
    """Who could take a key position over, and when."""

    unit = TitledChoice(label=_("Unit"), queryset=None)
    position = TitledChoice(label=_("Key position"), queryset=None)
    person = TitledChoice(label=_("Successor"), queryset=None)
    readiness = forms.ChoiceField(label=_("Ready"), choices=Readiness.choices)
    order = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=99, initial=1, help_text=_("1 is the first choice.")
    )

    def __init__(self, *args: Any, by: Person, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = positions_visible_to(by).filter(is_key=True)
        self.fields["unit"].queryset = units_guided_by(by, on).order_by("path")  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["position"].queryset = keys.order_by("code")  # type: ignore[attr-defined]  # ours is a model choice
        self.fields["person"].queryset = colleagues_of(by, on).order_by("name")  # type: ignore[attr-defined]  # ours is a model choice
