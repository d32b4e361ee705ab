"""What is asked on the pages of one's own account."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from remit.notices.enums import Pace
from remit.org.enums import Language, Theme

from ..forms import QuietHours, Zone

FOREVER = ""


class ProfileForm(forms.Form):
    """How the product looks to its reader."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, required=False)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices, required=False)
    zone = Zone(
        label=_("Time zone"),
        required=False,
        help_text=_("Quiet hours and daily letters follow it. Empty: that of my unit."),
    )


class NoticesForm(QuietHours):
    """E-mail, robot and quiet hours. Nothing is asked about robots while the person may choose none."""

    mail = forms.ChoiceField(label=_("Notices by e-mail"), choices=Pace.choices, widget=forms.RadioSelect)
    robot = forms.ChoiceField(
        label=_("Notices by a robot"),
        required=False,
        help_text=_("It posts in its group chat: whoever is in that group reads your notices."),
    )
    robot_pace = forms.ChoiceField(
        label=_("The robot writes"),
        choices=Pace.choices[:2],
        initial=Pace.IMMEDIATELY,
        widget=forms.RadioSelect,
    )
    field_order = ("mail", "robot", "robot_pace")

    def __init__(self, *args: Any, robots: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if robots:
            self.fields["robot"].choices = [("", _("none")), *zip(robots, robots, strict=True)]  # type: ignore[attr-defined]  # ours is a choice
        else:
            del self.fields["robot"], self.fields["robot_pace"]


class TokenForm(forms.Form):
    """A new token."""

    LIVES = (("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")), (FOREVER, _("No end")))

    name = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("So that you know later which one to revoke.")
    )
    days = forms.ChoiceField(label=_("Valid for"), choices=LIVES, initial="90", required=False)

    def expires_at(self, now: datetime) -> datetime | None:
        """When the token ends; none for one without an end."""
        days = self.cleaned_data["days"]
        return now + timedelta(days=int(days)) if days else None
