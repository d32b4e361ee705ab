"""What happens on the register of endorsers and creators, for the record."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

CREATOR_ADDED = EventType(
    "planning.creator.added",
    _("%(by)s put %(name)s (%(kind)s) on the register of endorsers and creators"),
    fields=("kind",),
    personal=("name",),
)
CREATOR_CHANGED = EventType(
    "planning.creator.changed",
    _("%(by)s changed the entry of %(name)s: %(changes)s"),
    fields=("changes",),
    personal=("name",),
)
CREATOR_ENDED = EventType(
    "planning.creator.ended",
    _("%(by)s ended the work with %(name)s: %(reason)s"),
    fields=("reason",),
    personal=("name",),
)
CREATOR_RESUMED = EventType(
    "planning.creator.resumed", _("%(by)s takes up the work with %(name)s again"), personal=("name",)
)
CONTRACT_KEPT = EventType(
    "planning.contract.kept",
    _("%(by)s filed a contract with %(name)s from %(first)s to %(last)s, fee %(fee)s"),
    fields=("first", "last", "fee", "file"),
    personal=("name",),
)
CONTRACT_WITHDRAWN = EventType(
    "planning.contract.withdrawn",
    _("%(by)s withdrew the contract with %(name)s until %(last)s: %(reason)s"),
    fields=("last", "reason"),
    personal=("name",),
)
ENGAGED = EventType(
    "planning.creator.engaged",
    _("%(by)s engaged %(name)s for %(plan)s: %(purpose)s, part of the fee %(fee)s"),
    fields=("plan", "purpose", "fee"),
    personal=("name",),
)
DISENGAGED = EventType(
    "planning.creator.disengaged",
    _("%(by)s took %(name)s out of %(plan)s"),
    fields=("plan",),
    personal=("name",),
)
