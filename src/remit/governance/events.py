"""What can happen to policies, requests and signatures."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

POLICY_PUBLISHED = EventType(
    "governance.policy.published",
    _("%(by)s published version %(version)s of the policy for %(kind)s: %(reason)s"),
    fields=("kind", "version", "reason", "changes"),
)
SUBMITTED = EventType(
    "governance.request.submitted",
    _("%(by)s submitted “%(title)s” (round %(round)s), by version %(version)s of its policy"),
    fields=("kind", "about", "title", "round", "version", "digest", "green"),
)
SIGNED = EventType(
    "governance.signature.given",
    _("%(by)s signed “%(title)s”: %(decision)s (clause %(clause)s) %(reason)s"),
    fields=("kind", "about", "title", "round", "clause", "decision", "reason", "principal", "digest"),
)
APPROVED = EventType(
    "governance.request.approved",
    _("“%(title)s” has all its signatures"),
    fields=("kind", "about", "title", "round", "digest"),
)
RETURNED = EventType(
    "governance.request.returned",
    _("“%(title)s” was returned: %(reason)s"),
    fields=("kind", "about", "title", "round", "reason"),
)
REFUSED = EventType(
    "governance.request.refused",
    _("“%(title)s” was refused: %(reason)s"),
    fields=("kind", "about", "title", "round", "reason"),
)
WITHDRAWN = EventType(
    "governance.request.withdrawn",
    _("%(by)s withdrew “%(title)s”"),
    fields=("kind", "about", "title", "round"),
)
REVOKED = EventType(
    "governance.request.revoked",
    _("%(by)s changed what “%(title)s” asks for: its signatures no longer stand"),
    fields=("kind", "about", "title", "round", "was", "digest"),
)
ESCALATED = EventType(
    "governance.step.escalated",
    _("“%(title)s” waited too long for a signature (clause %(clause)s) and went up"),
    fields=("kind", "about", "title", "clause", "people"),
)
PAPER_GIVEN = EventType(
    "governance.paper.given",
    _("%(by)s gave the paper %(code)s of “%(title)s”"),
    fields=("kind", "about", "title", "code", "owed"),
)
PAPER_OVERDUE = EventType(
    "governance.paper.overdue",
    _("The paper %(code)s of “%(title)s” is overdue"),
    fields=("kind", "about", "title", "code", "people"),
)
