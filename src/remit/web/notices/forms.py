"""What is asked about robots of chat groups."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from remit.notices.enums import Pace
from remit.notices.queries import robot_names

from ..forms import QuietHours


def _choices() -> list[tuple[str, str]]:
    return [(name, name) for name in robot_names()]


def _none_or_one() -> list[tuple[str, str | Promise]]:
    return [("", _("none")), *_choices()]


class TeamRobotForm(QuietHours):
    """The robot of a unit's group chat."""

    robot = forms.ChoiceField(
        label=_("Team robot"),
        required=False,
        choices=_none_or_one,
        help_text=_(
            "It tells the group how many notices wait for how many people, and says only those that anybody "
            "may read."
        ),
    )
    pace = forms.ChoiceField(label=_("The robot writes"), choices=Pace.choices[:2], widget=forms.RadioSelect)
    field_order = ("robot", "pace")


class RobotsForm(forms.Form):
    """Robots that people may choose for their own notices."""

    robots = forms.MultipleChoiceField(
        label=_("Personal robots"),
        required=False,
        choices=_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Whoever chooses one is told there what they may see themselves, and everybody in that group "
            "reads it. Allow a robot only for a group whose members may all see the same."
        ),
    )
