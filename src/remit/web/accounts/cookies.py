"""Language and theme in cookies, so that the log-in page has them too."""

from django.conf import settings
from django.http import HttpResponse

from remit.org.models import Person

YEAR_S = 365 * 86_400


def wear(response: HttpResponse, person: Person) -> None:
    """Give the browser what the person chose; what they left to the browser or the system stays as it is."""
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, person.language), ("theme", person.theme)):
        if value:
            response.set_cookie(name, value, max_age=YEAR_S, samesite="Lax", secure=settings.HTTPS)
