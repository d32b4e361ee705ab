"""How requests, kinds and steps are called."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.governance.kinds import UnknownKind, kind_of
from remit.governance.models import Request
from remit.governance.queries.routes import Stop

TONES = {"approved": "good", "submitted": "accent", "returned": "warn", "refused": "bad", "revoked": "warn"}


def language() -> str:
    return get_language() or "zh-hant"


def kind_title(code: str) -> str:
    """The kind's name; its code where no room declares it any more."""
    try:
        return str(kind_of(code).title)
    except UnknownKind:
        return code


def title_of(request: Request) -> str:
    """``Campaign: spring sale``."""
    return _("%(kind)s: %(title)s") % {"kind": kind_title(request.kind), "title": request.title}


def tone_of(request: Request) -> str:
    """The tone of its state's badge."""
    return TONES.get(request.state, "")


def signer_of(stop: Stop, kind: str) -> str:
    """Who signs a step: the position and where it is looked for, or the role."""
    if stop.position is None:
        return str(kind_of(kind).roles.get(stop.role, stop.role))
    position = str(stop.position.title(language()))
    return f"{position} · {stop.place.title(language())}" if stop.place else position
