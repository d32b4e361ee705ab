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
ANSWER_CHANGED = EventType(
    "governance.answer.changed",
    _("%(by)s changed the answer to “%(title)s”: it is signed again"),
    fields=("kind", "about", "title", "round", "digest"),
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
MEETING_CALLED = EventType(
    "governance.meeting.called",
    _("“%(title)s” was called for %(starts_at)s"),
    fields=("title", "starts_at"),
)
MEETING_CHANGED = EventType(
    "governance.meeting.changed",
    _("%(by)s changed “%(title)s” (%(changes)s): %(starts_at)s"),
    fields=("title", "starts_at", "changes"),
)
MEETING_CANCELLED = EventType(
    "governance.meeting.cancelled",
    _("%(by)s cancelled “%(title)s” of %(starts_at)s: %(reason)s"),
    fields=("title", "starts_at", "reason"),
)
MEETING_STARTED = EventType(
    "governance.meeting.started", _("%(by)s started “%(title)s”"), fields=("title", "starts_at")
)
MINUTES_WRITTEN = EventType(
    "governance.meeting.minutes_written", _("%(by)s wrote the minutes of “%(title)s”"), fields=("title",)
)
MEETING_CLOSED = EventType(
    "governance.meeting.closed",
    _("%(by)s closed “%(title)s”: %(decided)s decided, %(deferred)s deferred, %(actions)s actions"),
    fields=("title", "starts_at", "decided", "deferred", "actions"),
)
ITEM_ADDED = EventType(
    "governance.meeting.item_added", _("%(by)s put “%(item)s” on the agenda"), fields=("item", "rule")
)
ITEM_CHANGED = EventType(
    "governance.meeting.item_changed",
    _("%(by)s changed “%(item)s” on the agenda"),
    fields=("item", "rule"),
)
ITEM_REMOVED = EventType(
    "governance.meeting.item_removed", _("%(by)s took “%(item)s” off the agenda"), fields=("item",)
)
ITEM_CARRIED = EventType(
    "governance.meeting.item_carried",
    _("“%(item)s”, deferred on %(from)s, came up again"),
    fields=("item", "from", "owner"),
)
ITEM_DECIDED = EventType(
    "governance.meeting.item_decided",
    _("%(by)s recorded the decision on “%(item)s” (%(rule)s): %(decision)s"),
    fields=("item", "rule", "decision", "reading", "votes"),
)
ITEM_DEFERRED = EventType(
    "governance.meeting.item_deferred",
    _("%(by)s deferred “%(item)s” to %(to)s"),
    fields=("item", "to", "owner"),
)
ITEM_REOPENED = EventType(
    "governance.meeting.item_reopened",
    _("%(by)s took the outcome of “%(item)s” back (%(was)s)"),
    fields=("item", "was"),
)
VOTED = EventType(
    "governance.meeting.voted", _("%(by)s voted on “%(item)s”: %(choice)s"), fields=("item", "choice")
)
OBJECTED = EventType(
    "governance.meeting.objected",
    _("%(by)s objected to “%(item)s”: %(reason)s"),
    fields=("item", "reason"),
)
OBJECTION_WITHDRAWN = EventType(
    "governance.meeting.objection_withdrawn",
    _("%(by)s took the objection to “%(item)s” back"),
    fields=("item",),
)
ACTION_GIVEN = EventType(
    "governance.meeting.action_given",
    _("%(by)s gave the action “%(action)s”, due on %(due_on)s"),
    fields=("action", "owner", "due_on"),
)
ACTION_GOES_ON = EventType(
    "governance.meeting.action_goes_on", _("%(by)s had “%(action)s” go on as a task"), fields=("action",)
)
ACTION_REOPENED = EventType(
    "governance.meeting.action_reopened", _("%(by)s took up “%(action)s” again"), fields=("action",)
)
ACTION_DONE = EventType("governance.meeting.action_done", _("%(by)s did “%(action)s”"), fields=("action",))
SERIES_STARTED = EventType(
    "governance.series.started",
    _("The series of meetings “%(title)s” was set up (%(rhythm)s)"),
    fields=("title", "rhythm"),
)
SERIES_CHANGED = EventType(
    "governance.series.changed", _("%(by)s changed the series of meetings “%(title)s”"), fields=("title",)
)
SERIES_ENDED = EventType(
    "governance.series.ended", _("%(by)s ended the series of meetings “%(title)s”"), fields=("title",)
)
MEETING_FEED_MADE = EventType(
    "governance.meeting_feed.made", _("%(by)s made a new secret address for a calendar of meetings")
)
OWN_WORDS_PUBLISHED = EventType(
    "governance.own_words.published",
    _("%(by)s published version %(version)s of the company's own words: %(reason)s"),
    fields=("version", "reason", "changes", "digest"),
)
CONTENT_ADDED = EventType(
    "governance.content.added",
    _("%(by)s added the content “%(title)s”"),
    fields=("title", "channel", "state", "verdict", "digest", "list"),
)
CONTENT_CHANGED = EventType(
    "governance.content.changed",
    _("%(by)s changed the content “%(title)s”"),
    fields=("title", "changes", "verdict", "digest", "list"),
)
CONTENT_PUBLISHED = EventType(
    "governance.content.published",
    _("The content “%(title)s” went live"),
    fields=("title", "channel", "digest"),
)
CONTENT_WITHDRAWN = EventType(
    "governance.content.withdrawn",
    _("%(by)s withdrew the content “%(title)s”: %(reason)s"),
    fields=("title", "reason"),
)
CONTENT_FOUND = EventType(
    "governance.content.found",
    _("Screening found words to correct in “%(title)s”: %(count)s"),
    fields=("title", "count", "verdict", "rules", "list"),
)
CONTENT_EXCEPTED = EventType(
    "governance.content.excepted",
    _("%(by)s let “%(words)s” (%(rule)s) stand in “%(title)s”: %(reason)s"),
    fields=("title", "rule", "words", "reason"),
)
