"""The forms of the second step, called in the product's words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.forms import Form
from django.utils.translation import gettext_lazy


class _Worded(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = gettext_lazy("Code of six digits, or a recovery code")
        code.widget.attrs |= {"placeholder": "", "autofocus": True}


class CodeForm(_Worded, AuthenticateForm):
    """At log-in."""


class CodeAgainForm(_Worded, ReauthenticateForm):
    """Before a change that matters."""


class _Named(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("Name of the key")


class NewKeyForm(_Named, AddWebAuthnForm):
    """A passkey or a security key."""


class KeyForm(_Named, EditWebAuthnForm):
    """Another name for it."""
