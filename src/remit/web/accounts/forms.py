"""What is asked on the pages of one's own account."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from remit.notices.enums import Mail
from remit.org.enums import Language, Theme

from ..forms import Clock, Zone

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
