from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestState(models.TextChoices):
    """REVOKED: what was asked for was changed afterwards, so nothing of it stands. REFUSED is final."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", pgettext_lazy("request", "Being signed")
    APPROVED = "approved", pgettext_lazy("request", "Approved")
    RETURNED = "returned", pgettext_lazy("request", "Returned")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")
    REVOKED = "revoked", pgettext_lazy("request", "Revoked by a change")


# From these the author submits again.
CAN_BE_SUBMITTED = (
    RequestState.DRAFT,
    RequestState.RETURNED,
    RequestState.WITHDRAWN,
    RequestState.REVOKED,
)


class StepState(models.TextChoices):
    """CLOSED: the round ended before this step was decided."""

    WAITING = "waiting", pgettext_lazy("step", "Waits for the steps before")
    OPEN = "open", pgettext_lazy("step", "To be signed")
    DONE = "done", pgettext_lazy("step", "Signed")
    OPPOSED = "opposed", pgettext_lazy("step", "Opposed")
    CLOSED = "closed", pgettext_lazy("step", "No longer needed")


class Decision(models.TextChoices):
    APPROVE = "approve", pgettext_lazy("signature", "Approve")
    RETURN = "return", pgettext_lazy("signature", "Return for changes")
    REFUSE = "refuse", pgettext_lazy("signature", "Refuse")
