"""A person's language and theme, kept in cookies too: they hold before the log-in and cost no query."""

from django.conf import settings
from django.http import HttpResponseBase

from remit.org.models import Person

YEAR_S = 365 * 86_400
THEME_COOKIE = "theme"


def keep(response: HttpResponseBase, cookie: str, value: str) -> None:
    """Set one of the two cookies; no value: back to what the browser and the system say."""
    if value:
        response.set_cookie(
            cookie, value, max_age=YEAR_S, samesite="Lax", secure=settings.HTTPS, httponly=True
        )
    else:
        response.delete_cookie(cookie, samesite="Lax")


def remember[R: HttpResponseBase](response: R, person: Person) -> R:
    """Take over what the person has chosen, as after the log-in."""
    keep(response, settings.LANGUAGE_COOKIE_NAME, person.language)
    keep(response, THEME_COOKIE, person.theme)
    return response
