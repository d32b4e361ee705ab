"""The way to a provider of log-in: by a page of ours, since our forms may lead nowhere else (CSP)."""

from urllib.parse import urlsplit

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.providers.openid_connect.views import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def log_in_by_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Allauth's answer; where it leads to another address, a page that goes on there at once.

    Browsers hold every redirect of a posted form against ``form-action``, the provider's own ones too, which
    nobody can list beforehand. A page that goes on by itself is no form.
    """
    answer: HttpResponse = login(request, provider_id=provider_id)
    target = answer.headers.get("Location", "")
    if urlsplit(target).netloc in ("", request.get_host()):
        return answer
    page = render(
        request, "socialaccount/leaving.html", {"target": target, "host": urlsplit(target).hostname}
    )
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
