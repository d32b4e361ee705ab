"""The person who asks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from remit.org.models import Person


def who(request: HttpRequest) -> Person:
    """The person behind a request. Every page needs a log-in; one that forgot to is refused here."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
