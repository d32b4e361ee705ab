"""Texts screened for programs, by the rules that the page and the command line use."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from remit.governance.queries.screening import screen_in_force
from remit.governance.screening.packs import industries
from remit.governance.screening.writing import as_data

from .saying import language
from .shapes import Problem, ScreenedOut, ScreenIn

router = Router(tags=["screening"])
TEXT_MAX = 200_000  # characters of all texts of one call


@router.post(
    "/screen",
    response={200: list[ScreenedOut], 401: Problem, 403: Problem, 422: Problem, 429: Problem},
    url_name="screen",
)
def screen(request: HttpRequest, asked: ScreenIn) -> Any:
    """Verdict and places for each text, in the order in which they were sent."""
    if asked.industry and asked.industry not in industries():
        return 422, {"detail": _("industry is one of %s; or leave it empty.") % ", ".join(industries())}
    if sum(map(len, asked.texts)) > TEXT_MAX:
        return 422, {"detail": _("At most %d characters at once: send the texts in parts.") % TEXT_MAX}
    screening, _key = screen_in_force()
    return [as_data(screening.screen(text, asked.industry), language()) for text in asked.texts]
