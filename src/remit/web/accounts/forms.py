"""What is asked on the pages of one's own account."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from remit.notices.enums import Mail
from remit.org.enums import Language, Theme

from ..forms import Clock

FOREVER = ""


def zones() -> list[tuple[str, Any]]:
    """Every time zone of the machine by name, after “that of my unit”."""
    cities = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("", _("That of my unit")), *((name, name) for name in cities)]


class ProfileForm(forms.Form):
    """How the product looks to its reader."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, required=False)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices, required=False)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        required=False,
        help_text=_("Quiet hours and daily letters follow it."),
    )


class NoticesForm(forms.Form):
    """E-mail and quiet hours."""

    mail = forms.ChoiceField(label=_("Notices by e-mail"), choices=Mail.choices, widget=forms.RadioSelect)
    digest_at = Clock(label=_("Daily letter at"))
    quiet_from = Clock(label=_("Quiet from"), required=False)
    quiet_until = Clock(
        label=_("Quiet until"), required=False, help_text=_("Letters wait until the quiet hours are over.")
    )


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
