"""How log-in behaves here: django-allauth does it, and this says what is ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from remit.org.actions import note_log_in, note_log_in_failed, note_safety_changed
from remit.org.models import Person
from remit.org.queries.people import person_with_email

from .choices import remember


class AccountAdapter(DefaultAccountAdapter):
    """People are added by the department, never by themselves; what touches a log-in is recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Person, **how: Any) -> HttpResponse:
        """Record the log-in, and show pages as the person prefers."""
        steps = get_authentication_records(request, user)
        ways = [str(step.get("type") or step.get("provider") or step["method"]) for step in steps]
        note_log_in(person=user, ways=ways, address=self.get_client_ip(request), by=user, at=timezone.now())
        return remember(super().post_login(request, user, **how), user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a wrong password; allauth's limits keep these few."""
        if email := credentials.get("email"):
            note_log_in_failed(email=email, address=self.get_client_ip(request), by=None, at=timezone.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person by letter that their log-in was changed, and record it."""
        what = template_prefix.rsplit("/", 1)[-1]
        address = self.get_client_ip(self.request)
        note_safety_changed(person=user, what=what, address=address, by=user, at=timezone.now())
        super().send_notification_mail(template_prefix, user, {"user": user} | (context or {}), email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of whoever reads the letter, not of whoever asked for it."""
        person = context.get("user")
        language = person.language if isinstance(person, Person) else ""
        with translation.override(language or translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link leads to the address of this installation, whatever host a request pretended to ask."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.ADDRESS.rstrip("/") + path.replace("UID-KEY", key)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Log-in by the company's own provider (OpenID Connect) is for people who are here already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, tie the provider's account to the person whose verified address it carries.

        allauth's own way would also wipe the password, since it expects strangers to sign up with any
        address; here addresses are entered by who manages people.
        """
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        person = next(filter(None, map(person_with_email, verified)), None)
        if person is not None:
            sociallogin.connect(request, person)
