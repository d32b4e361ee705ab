"""One's own profile, notices and tokens."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from remit.notices.actions import send_test, set_preference
from remit.notices.actions.preference import QuietHoursNeedBothEnds
from remit.notices.queries import preference_of, robots_open_to
from remit.org.actions import change_person, make_token, revoke_token
from remit.org.queries.today import today
from remit.org.rules import tokens_visible_to

from ..who import who
from .choices import remember
from .forms import NoticesForm, ProfileForm, TokenForm


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I hold, and how pages look to me."""
    person = who(request)
    initial = {name: getattr(person, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        person = change_person(person=person, **form.cleaned_data, by=person, at=timezone.now())
        messages.success(request, _("Saved."))
        return remember(redirect("accounts_profile"), person)
    return render(request, "accounts/profile.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """How I want to be told."""
    person = who(request)
    preference = preference_of(person)
    initial = {name: getattr(preference, name) for name in NoticesForm.base_fields}
    form = NoticesForm(request.POST or None, initial=initial, robots=robots_open_to(person, today()))
    if request.method == "POST" and form.is_valid():
        try:
            set_preference(person=person, **form.cleaned_data, by=person, at=timezone.now())
        except QuietHoursNeedBothEnds as error:
            form.add_error("quiet_until", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts_notices")
    return render(request, "accounts/notices.html", {"form": form}, status=_status(form))


@require_POST
def notices_test(request: HttpRequest) -> HttpResponse:
    """Tell me something by each of my ways, so that I see whether it arrives."""
    if send_test(person=who(request), by=who(request), at=timezone.now()):
        messages.success(request, _("A test is on its way. It arrives within two minutes."))
    else:
        messages.info(request, _("You are told in the product only, or a test was sent a moment ago."))
    return redirect("accounts_notices")


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens for the API; a new one's secret is shown on this one answer and nowhere else."""
    person, secret, now = who(request), "", timezone.now()
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = {"name": form.cleaned_data["name"], "expires_at": form.expires_at(now)}
        _token, secret = make_token(person=person, **asked, by=person, at=now)
        form = TokenForm()
    context = {
        "form": form,
        "tokens": tokens_visible_to(person).order_by("-made_at", "-id"),
        "secret": secret,
        "now": now,
        "address": settings.ADDRESS.rstrip("/"),
    }
    return render(request, "accounts/tokens.html", context, status=_status(form))


@require_POST
def revocation(request: HttpRequest, token_id: int) -> HttpResponse:
    """One of my tokens opens nothing any more."""
    token = get_object_or_404(tokens_visible_to(who(request)), pk=token_id)
    revoke_token(token=token, by=who(request), at=timezone.now())
    messages.success(request, _("The token is revoked."))
    return redirect("accounts_tokens")


def _status(form: ProfileForm | NoticesForm | TokenForm) -> int:
    return 422 if form.is_bound and form.errors else 200
