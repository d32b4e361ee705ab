"""What can happen here.

The names begin with ``planning``, the room that was cut: what is recorded keeps its name for good.
"""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

TASK_ADDED = EventType(
    "planning.task.added",
    _("%(by)s added the task “%(title)s” to %(plan)s"),
    fields=("plan", "title"),
)
TASK_CHANGED = EventType(
    "planning.task.changed",
    _("%(by)s changed the task “%(title)s” of %(plan)s: %(changes)s"),
    fields=("plan", "title", "changes"),
)
TASK_MOVED = EventType(
    "planning.task.moved",
    _("%(by)s set the task “%(title)s” of %(plan)s to: %(state)s"),
    fields=("plan", "title", "state"),
)
CHECK_TICKED = EventType(
    "planning.task.ticked",
    _("%(by)s ticked “%(item)s” of the task “%(title)s”: %(done)s"),
    fields=("title", "item", "done"),
)
TASK_FILE_ADDED = EventType(
    "planning.task.file_added",
    _("%(by)s put the file %(file)s to the task “%(title)s”"),
    fields=("title", "file"),
)
TASK_SLIPPED = EventType(
    "planning.task.slipped",
    _("The task “%(title)s” ends on %(now)s instead of %(was)s; %(tasks)s tasks wait for it"),
    fields=("title", "was", "now", "tasks"),
)
SLIP_DECIDED = EventType(
    "planning.task.slip_decided",
    _("The shift after the task “%(title)s” was decided by %(by)s: %(state)s"),
    fields=("title", "state"),
)
RISK_ADDED = EventType(
    "planning.risk.added",
    _("%(by)s registered the risk “%(title)s” (score %(score)s)"),
    fields=("title", "score"),
)
RISK_CHANGED = EventType(
    "planning.risk.changed",
    _("%(by)s changed the risk “%(title)s”: %(changes)s"),
    fields=("title", "changes"),
)
RISK_REVIEWED = EventType(
    "planning.risk.reviewed",
    _("%(by)s looked at the risk “%(title)s” again: score %(score)s. %(note)s"),
    fields=("title", "score", "note"),
)
RISK_FIRED = EventType(
    "planning.risk.fired",
    _("The risk “%(title)s” came true: %(reason)s; tasks created: %(tasks)s"),
    fields=("title", "reason", "tasks"),
)
RISK_WATCHED = EventType(
    "planning.risk.watched_again", _("%(by)s watches the risk “%(title)s” again"), fields=("title",)
)
RISK_CLOSED = EventType("planning.risk.closed", _("%(by)s closed the risk “%(title)s”"), fields=("title",))
FIRST_WEEK_MISSED = EventType(
    "planning.campaign.first_week_missed",
    _("“%(title)s” (%(code)s) missed its first week by up to %(gap)s: %(measures)s"),
    fields=("code", "title", "measures", "gap"),
)
REPORT_MADE = EventType(
    "planning.report.made",
    _("The report %(kind)s %(key)s of %(unit)s was made"),
    fields=("kind", "unit", "key"),
)
REPORT_PRINTED = EventType(
    "planning.report.printed", _("The report %(key)s was kept as %(name)s"), fields=("key", "name")
)
CONFLICT_FOUND = EventType(
    "planning.conflict.found", _("A conflict was found (%(kind)s): %(key)s"), fields=("kind", "key")
)
CONFLICT_LOGGED = EventType(
    "planning.conflict.logged",
    _("%(by)s logged the conflict “%(title)s” (%(kind)s)"),
    fields=("title", "kind"),
)
CONFLICT_DECIDED = EventType(
    "planning.conflict.decided", _("%(by)s decided a conflict: %(decision)s"), fields=("decision",)
)
CONFLICT_CONSEQUENCE = EventType(
    "planning.conflict.consequence",
    _("%(by)s noted what came of a decided conflict: %(consequence)s"),
    fields=("consequence",),
)
MATERIAL_ADDED = EventType(
    "planning.material.added",
    _("%(by)s registered the material “%(title)s” (%(code)s): %(stock)s pieces"),
    fields=("code", "title", "stock"),
)
MATERIAL_COUNTED = EventType(
    "planning.material.counted",
    _("%(by)s counted %(stock)s pieces of %(code)s, before %(was)s"),
    fields=("code", "was", "stock"),
)
MATERIAL_NEEDED = EventType(
    "planning.material.needed",
    _("%(by)s noted that %(plan)s needs %(pieces)s pieces of %(code)s"),
    fields=("code", "plan", "pieces"),
)
COOPERATION_ADDED = EventType(
    "planning.cooperation.added",
    _("%(by)s wrote the request “%(title)s” to %(asked)s, needed by %(needed_on)s"),
    fields=("title", "asked", "needed_on"),
)
COOPERATION_CHANGED = EventType(
    "planning.cooperation.changed",
    _("%(by)s changed the request “%(title)s”: %(changes)s"),
    fields=("title", "changes"),
)
COOPERATION_ASKED = EventType(
    "planning.cooperation.asked", _("%(by)s asked for “%(title)s”"), fields=("title", "needed_on")
)
COOPERATION_WRITTEN = EventType(
    "planning.cooperation.answer_written",
    _("%(by)s wrote the answer to “%(title)s”: %(answer)s"),
    fields=("title", "answer", "doer", "due_on"),
)
COOPERATION_ANSWERED = EventType(
    "planning.cooperation.answered",
    _("The answer to “%(title)s” is signed: %(answer)s"),
    fields=("title", "answer", "digest"),
)
COOPERATION_PROMISED = EventType(
    "planning.cooperation.promised",
    _("“%(title)s” is promised by %(due_on)s"),
    fields=("title", "answer", "doer", "due_on", "digest"),
)
COOPERATION_DONE = EventType(
    "planning.cooperation.done", _("%(by)s reported “%(title)s” done: %(note)s"), fields=("title", "note")
)
COOPERATION_SENT_BACK = EventType(
    "planning.cooperation.sent_back",
    _("%(by)s does not see “%(title)s” done: %(reason)s"),
    fields=("title", "reason"),
)
COOPERATION_CONFIRMED = EventType(
    "planning.cooperation.confirmed", _("%(by)s confirmed that “%(title)s” is done"), fields=("title",)
)
COOPERATION_DROPPED = EventType(
    "planning.cooperation.dropped",
    _("%(by)s no longer asks for “%(title)s”: %(reason)s"),
    fields=("title", "reason"),
)
TEMPLATE_TAKEN = EventType(
    "planning.template.taken",
    _("%(by)s took %(tasks)s tasks and %(risks)s risks of the template “%(template)s” into %(code)s"),
    fields=("code", "template", "tasks", "risks"),
)
TEMPLATE_KEPT = EventType(
    "planning.template.kept",
    _("%(by)s kept the plan %(code)s as the template “%(name)s” with %(tasks)s tasks"),
    fields=("code", "name", "tasks"),
)
TEMPLATE_REMOVED = EventType(
    "planning.template.removed", _("%(by)s removed the template “%(name)s”"), fields=("name",)
)
