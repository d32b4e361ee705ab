"""The shape that most forms share: what was sent is checked, the action is tried, the answer is said."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

from .who import who

type Refusals = type[Exception] | tuple[type[Exception], ...]


def done(
    request: HttpRequest,
    form: BaseForm,
    action: Callable[..., object],
    wrong: Refusals,
    /,
    *,
    said: str | Promise = "",
    **given: Any,
) -> bool:
    """Whether the action took what the form says, besides what is given; ``said`` is then the message.

    The sentence with which it refuses, one of ``wrong``, stands on the form.
    """
    if not form.is_valid():
        return False
    try:
        action(**given, **form.cleaned_data, by=who(request), at=timezone.now())
    except wrong as error:
        form.add_error(None, str(error))
        return False
    if said:
        messages.success(request, str(said))
    return True


def tried(
    request: HttpRequest,
    action: Callable[..., object],
    wrong: Refusals,
    /,
    *,
    said: str | Promise = "",
    **given: Any,
) -> bool:
    """The same of an action without a form: the sentence with which it refuses is a message."""
    try:
        action(**given, by=who(request), at=timezone.now())
    except wrong as error:
        messages.error(request, str(error))
        return False
    if said:
        messages.success(request, str(said))
    return True


def say_refusals(request: HttpRequest, form: BaseForm) -> None:
    """Of a form that its page no longer shows, since somebody else was quicker: why nothing was done."""
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
