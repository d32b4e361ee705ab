"""Start page, language, theme and palette."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from remit.org.actions import change_person
from remit.org.models import Person

from ..accounts.choices import THEME_COOKIE, keep
from ..context import THEMES
from ..viewer import viewer_of
from .finding import found


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Today."""
    return redirect("today")


@login_not_required
@require_POST
def language_choice(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages."""
    response = back_to_page(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        _keep_on_person(request, language=language)
    return response


@login_not_required
@require_POST
def theme_choice(request: HttpRequest) -> HttpResponse:
    """Change between light, dark and what the system says."""
    response = back_to_page(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        chosen = "" if theme == "auto" else theme
        keep(response, THEME_COOKIE, chosen)
        _keep_on_person(request, theme=chosen)
    return response


@require_GET
def palette(request: HttpRequest) -> JsonResponse:
    """What the palette offers this person for a text: places, verbs, metrics, boards, units, people."""
    return JsonResponse({"groups": found(viewer_of(request), request.GET.get("q", "")[:80])})


def _keep_on_person(request: HttpRequest, **chosen: str) -> None:
    """Keep a choice where it follows the person to another machine."""
    if isinstance(request.user, Person) and request.user.is_active:
        change_person(person=request.user, **chosen, by=request.user, at=timezone.now())


def back_to_page(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that the form names as ``next``, if it is one of ours; else to the start page."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/")
