"""What can happen here."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

CAMPAIGNS_LOADED = EventType(
    "planning.campaign.loaded",
    _("Campaigns were loaded by %(subject)s: %(count)s."),
    fields=("count", "unit"),
)
CAMPAIGNS_STUBBED = EventType(
    "planning.campaign.stubbed",
    _("Campaigns named by facts but not described yet were added: %(count)s."),
    fields=("count", "unit"),
)
PLAN_ADDED = EventType(
    "planning.plan.added", _("%(by)s planned the campaign “%(title)s” (%(code)s)"), fields=("code", "title")
)
PLAN_CHANGED = EventType(
    "planning.plan.changed", _("%(by)s changed the plan %(code)s: %(changes)s"), fields=("code", "changes")
)
PLAN_CANCELLED = EventType(
    "planning.plan.cancelled", _("%(by)s cancelled the plan %(code)s: %(reason)s"), fields=("code", "reason")
)
ESTIMATED = EventType(
    "planning.estimate.made",
    _("%(by)s estimated what %(code)s brings: ROI %(low)s to %(high)s"),
    fields=("code", "low", "likely", "high"),
)
CAMPAIGN_SUBMITTED = EventType(
    "planning.campaign.submitted",
    _("%(by)s asked for the approval of the campaign “%(title)s” (%(code)s)"),
    fields=("code", "title", "kind"),
)
CAMPAIGN_APPROVED = EventType(
    "planning.campaign.approved",
    _("The campaign “%(title)s” (%(code)s) was approved"),
    fields=("code", "title", "kind"),
)
CAMPAIGN_LAUNCHED = EventType(
    "planning.campaign.launched",
    _("%(by)s launched the campaign “%(title)s” (%(code)s)"),
    fields=("code", "title", "kind"),
)
CAMPAIGN_CLOSED = EventType(
    "planning.campaign.closed",
    _("%(by)s closed the campaign “%(title)s” (%(code)s)"),
    fields=("code", "title", "kind"),
)
DEVIATION_REQUESTED = EventType(
    "planning.deviation.requested",
    _("%(by)s asked for a deviation of %(code)s (%(changes)s): %(reason)s"),
    fields=("code", "changes", "reason"),
)
DEVIATION_APPLIED = EventType(
    "planning.deviation.applied",
    _("A deviation of %(code)s is in force: %(changes)s"),
    fields=("code", "changes"),
)
DEVIATION_DROPPED = EventType(
    "planning.deviation.dropped", _("%(by)s dropped the deviation of %(code)s"), fields=("code",)
)
RESULT_READ = EventType(
    "planning.result.read",
    _("The result of %(code)s by “%(measure)s” is %(actual)s (%(source)s)"),
    fields=("code", "measure", "actual", "source"),
)
RETROSPECTIVE_WRITTEN = EventType(
    "planning.retrospective.written", _("%(by)s wrote the retrospective of %(code)s"), fields=("code",)
)
BUDGET_ADDED = EventType(
    "planning.budget.added",
    _("%(by)s gave %(unit)s the budget “%(title)s”: %(total)s %(currency)s"),
    fields=("title", "total", "currency", "unit"),
)
BUDGET_CHANGED = EventType(
    "planning.budget.changed",
    _("%(by)s changed the budget “%(title)s” of %(unit)s to %(total)s %(currency)s"),
    fields=("title", "total", "currency", "unit"),
)
LINE_ADDED = EventType(
    "planning.budget.line_added",
    _("%(by)s granted %(granted)s %(currency)s to the line %(code)s of “%(budget)s”"),
    fields=("budget", "code", "granted", "currency"),
)
LINE_REMOVED = EventType(
    "planning.budget.line_removed",
    _("%(by)s removed the line %(code)s of “%(budget)s” (%(granted)s %(currency)s)"),
    fields=("budget", "code", "granted", "currency"),
)
MONEY_MOVED = EventType(
    "planning.budget.moved",
    _("%(by)s entered %(amount)s %(currency)s as %(stage)s on the line %(code)s of “%(budget)s”"),
    fields=("budget", "code", "stage", "amount", "currency", "reference", "was_over"),
)
RELEASE_REQUESTED = EventType(
    "planning.release.requested",
    _("%(by)s asked to release %(amount)s %(currency)s from the reserve of %(code)s: %(reason)s"),
    fields=("code", "amount", "currency", "reason"),
)
RELEASE_APPLIED = EventType(
    "planning.release.applied",
    _("%(amount)s %(currency)s were released from the reserve of %(code)s"),
    fields=("code", "amount", "currency"),
)
RELEASE_DROPPED = EventType(
    "planning.release.dropped", _("%(by)s no longer asks for a release of %(code)s"), fields=("code",)
)
RULE_WRITTEN = EventType(
    "planning.release_rule.written",
    _("%(by)s wrote a rule that proposes releases of %(code)s on %(metric)s"),
    fields=("code", "metric"),
)
RULE_TRIED = EventType(
    "planning.release_rule.tried",
    _("%(by)s tried the rule of %(code)s on %(days)s past days: it would have fired %(fired)s times"),
    fields=("code", "metric", "days", "fired"),
)
RULE_STARTED = EventType(
    "planning.release_rule.started",
    _("%(by)s made the rule of %(code)s on %(metric)s live"),
    fields=("code", "metric"),
)
RULE_ENDED = EventType(
    "planning.release_rule.ended",
    _("%(by)s ended the rule of %(code)s on %(metric)s"),
    fields=("code", "metric"),
)
RULE_FIRED = EventType(
    "planning.release_rule.fired",
    _("The rule of %(code)s on %(metric)s fired on the data up to %(on)s: %(amount)s from the reserve"),
    fields=("code", "metric", "amount", "on"),
)
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
EFFECT_MEASURED = EventType(
    "planning.effect.measured",
    _("%(campaign)s was measured: %(reach)s reached, effect %(effect)s %(currency)s (%(low)s to %(high)s)"),
    fields=("campaign", "verdict", "reach", "effect", "low", "high", "currency"),
)
ESTIMATE_SCORED = EventType(
    "planning.estimate.scored",
    _("The estimate of %(code)s was held against its result: %(parts)s"),
    fields=("code", "parts"),
)

STRATEGY_ADDED = EventType(
    "planning.strategy.added",
    _("%(by)s wrote the strategy “%(title)s” of %(unit)s"),
    fields=("title", "unit"),
)
STRATEGY_CHANGED = EventType(
    "planning.strategy.changed",
    _("%(by)s changed the strategy “%(title)s”: %(changes)s"),
    fields=("title", "changes"),
)
SOURCE_CITED = EventType(
    "planning.strategy.source_cited",
    _("%(by)s rested the strategy “%(title)s” on “%(source)s”, good until %(until)s"),
    fields=("title", "source", "until"),
)
SOURCE_REMOVED = EventType(
    "planning.strategy.source_removed",
    _("%(by)s took “%(source)s” from the strategy “%(title)s”"),
    fields=("title", "source"),
)
GOAL_ADDED = EventType(
    "planning.goal.added", _("%(by)s drafted the goal “%(title)s” of %(unit)s"), fields=("title", "unit")
)
GOAL_CHANGED = EventType(
    "planning.goal.changed",
    _("%(by)s changed the goal “%(title)s”: %(changes)s"),
    fields=("title", "changes"),
)
GOAL_ACTIVATED = EventType(
    "planning.goal.activated",
    _("%(by)s put the goal “%(title)s” in force: from %(baseline)s to %(target)s by %(until)s"),
    fields=("title", "baseline", "target", "until"),
)
GOAL_SPLIT = EventType(
    "planning.goal.split",
    _("%(by)s split the goal “%(title)s” into %(count)s parts (%(method)s): %(parts)s"),
    fields=("title", "count", "method", "parts"),
)
SPLIT_UNDONE = EventType(
    "planning.goal.split_undone", _("%(by)s undid the split of the goal “%(title)s”"), fields=("title",)
)
GOAL_ENDED = EventType("planning.goal.ended", _("%(by)s ended the goal “%(title)s”"), fields=("title",))
GOAL_DROPPED = EventType(
    "planning.goal.dropped", _("%(by)s dropped the goal “%(title)s”: %(reason)s"), fields=("title", "reason")
)
GOAL_REMOVED = EventType(
    "planning.goal.removed", _("%(by)s removed the draft “%(title)s”"), fields=("title",)
)
READING_ENTERED = EventType(
    "planning.goal.reading_entered",
    _("%(by)s entered %(value)s for the goal “%(title)s” on %(on)s (%(source)s)"),
    fields=("title", "value", "on", "source"),
)

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
