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


class Rhythm(models.TextChoices):
    """How often a series meets."""

    WEEKLY = "weekly", pgettext_lazy("meeting series", "Every week")
    FORTNIGHTLY = "fortnightly", pgettext_lazy("meeting series", "Every second week")
    MONTHLY = "monthly", pgettext_lazy("meeting series", "Every month")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    RUNNING = "running", pgettext_lazy("meeting", "Running")
    CLOSED = "closed", pgettext_lazy("meeting", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class Rule(models.TextChoices):
    """How an item of an agenda is decided (H3.4.1)."""

    DECIDER = "decider", pgettext_lazy("decision rule", "One person decides")
    CONSENSUS = "consensus", pgettext_lazy("decision rule", "Consensus")
    VOTE = "vote", pgettext_lazy("decision rule", "Vote")
    DATA = "data", pgettext_lazy("decision rule", "Data decide")


class Outcome(models.TextChoices):
    OPEN = "open", pgettext_lazy("agenda item", "Open")
    DECIDED = "decided", pgettext_lazy("agenda item", "Decided")
    DEFERRED = "deferred", pgettext_lazy("agenda item", "Deferred")


class Choice(models.TextChoices):
    FOR = "for", pgettext_lazy("vote", "For")
    AGAINST = "against", pgettext_lazy("vote", "Against")
    ABSTAIN = "abstain", pgettext_lazy("vote", "Abstain")


class ActionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("meeting action", "To do")
    DONE = "done", pgettext_lazy("meeting action", "Done")


class ContentState(models.TextChoices):
    """LIVE: it can be seen by the public."""

    DRAFT = "draft", pgettext_lazy("content", "Draft")
    LIVE = "live", pgettext_lazy("content", "Live")
    WITHDRAWN = "withdrawn", pgettext_lazy("content", "Withdrawn")


class ContentChannel(models.TextChoices):
    WEBSITE = "website", pgettext_lazy("content channel", "Website")
    SHOP = "shop", pgettext_lazy("content channel", "Online shop")
    SOCIAL = "social", pgettext_lazy("content channel", "Social media")
    LIVE_SALES = "live_sales", pgettext_lazy("content channel", "Live sales")
    MESSAGE = "message", pgettext_lazy("content channel", "Message to customers")
    OUTDOOR = "outdoor", pgettext_lazy("content channel", "Poster or outdoor")
    STORE = "store", pgettext_lazy("content channel", "In the store")
    MEDIA = "media", pgettext_lazy("content channel", "Press, radio, television")


class FindingState(models.TextChoices):
    """LAPSED: a later list no longer finds it."""

    OPEN = "open", pgettext_lazy("finding of screening", "Open")
    CHANGED = "changed", pgettext_lazy("finding of screening", "Text changed")
    WITHDRAWN = "withdrawn", pgettext_lazy("finding of screening", "Content withdrawn")
    EXCEPTED = "excepted", pgettext_lazy("finding of screening", "Excepted, with a reason")
    LAPSED = "lapsed", pgettext_lazy("finding of screening", "No longer against a rule")


LIVE_MEETINGS = (MeetingState.PLANNED, MeetingState.RUNNING)
