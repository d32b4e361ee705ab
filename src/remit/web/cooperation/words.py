"""How requests to other departments, and where they stand, are called."""

from datetime import date

from django.utils.translation import get_language, pgettext, pgettext_lazy

from remit.execution.enums import CooperationState
from remit.execution.models import Cooperation
from remit.execution.queries.cooperation import is_late
from remit.governance.enums import RequestState

# Of one that is being asked, by the state of its request.
ASKING = {
    RequestState.DRAFT: pgettext_lazy("cooperation", "In preparation"),
    RequestState.SUBMITTED: pgettext_lazy("cooperation", "Waits for the answer"),
    RequestState.APPROVED: pgettext_lazy("cooperation", "Waits for the answer"),
    RequestState.RETURNED: pgettext_lazy("cooperation", "Returned as unclear"),
    RequestState.WITHDRAWN: pgettext_lazy("cooperation", "Withdrawn"),
    RequestState.REVOKED: pgettext_lazy("cooperation", "Changed, to be asked again"),
    RequestState.REFUSED: pgettext_lazy("cooperation", "Not feasible"),
}
TONES = {
    CooperationState.ANSWERED: "warn",
    CooperationState.PROMISED: "accent",
    CooperationState.DONE: "warn",
    CooperationState.CONFIRMED: "good",
    CooperationState.DECLINED: "bad",
}
ASKING_TONES = {RequestState.SUBMITTED: "accent", RequestState.RETURNED: "warn", RequestState.REVOKED: "warn"}


def standing(row: Cooperation) -> str:
    """Where it stands, in a word; ``row`` as ``with_request`` gives it."""
    if row.state == CooperationState.ASKING:
        return str(ASKING[RequestState(row.asking)])  # type: ignore[attr-defined]  # annotated by with_request
    return str(row.get_state_display())


def tone(row: Cooperation, on: date) -> str:
    """The tone of its badge: late is bad."""
    if row.state == CooperationState.ASKING:
        return ASKING_TONES.get(RequestState(row.asking), "")  # type: ignore[attr-defined]  # annotated by with_request
    return "bad" if is_late(row, on) else TONES.get(CooperationState(row.state), "")


def asked(row: Cooperation) -> str:
    """Whom it is asked of: the unit, or the position in it."""
    language = get_language() or "zh-hant"
    unit = str(row.asked_unit.title(language))
    if row.asked_position is None:
        return unit
    said = {"position": str(row.asked_position.title(language)), "unit": unit}
    return pgettext("department", "%(position)s, %(unit)s") % said
