"""With whom a board or a saved question is shared: asked in forms, said on pages."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from remit.metrics.models import Board, SavedQuestion
from remit.org.models import Person, Unit
from remit.org.rules import units_visible_to

EVERYBODY = "everybody"


class SharingForm(forms.Form):
    """A title, and who besides the owner may look: nobody, everybody, or the people of a unit one sees."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    audience = forms.ChoiceField(
        label=gettext_lazy("Shared with"),
        required=False,
        help_text=gettext_lazy(
            "A unit means those who work in it or below it, and those above. Each sees the figures of "
            "their own units."
        ),
    )

    def __init__(self, *args: Any, person: Person, held: Board | None = None, **kwargs: Any) -> None:
        """``held`` is what is shared already; its unit stays on offer when its owner has moved away."""
        if held:
            now = _value(held.shared_with) if held.shared_with else EVERYBODY if held.is_shared else ""
            kwargs["initial"] = {"title": held.title, "audience": now} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.units = {_value(unit): unit for unit in units_visible_to(person).order_by("path")}
        if held and held.shared_with:
            self.units.setdefault(_value(held.shared_with), held.shared_with)
        top = min((unit.depth for unit in self.units.values()), default=0)
        self.fields["audience"].choices = [  # type: ignore[attr-defined]  # ours is a choice
            ("", pgettext("shared with", "nobody")),
            (EVERYBODY, _("everybody")),
            *((value, "\u2003" * (unit.depth - top) + _titled(unit)) for value, unit in self.units.items()),
        ]

    def kept(self) -> dict[str, Any]:
        """The answers, as the actions take them."""
        audience = self.cleaned_data["audience"]
        return {
            "title": self.cleaned_data["title"],
            "is_shared": audience != "",
            "shared_with": self.units.get(audience),
        }


def audience_words(held: Board | SavedQuestion) -> str:
    """With whom something is shared; empty for nobody."""
    if held.shared_with:
        return _titled(held.shared_with)
    return _("everybody") if held.is_shared else ""


def _value(unit: Unit) -> str:
    return f"unit-{unit.pk}"


def _titled(unit: Unit) -> str:
    return unit.title(get_language() or "zh-hant")
