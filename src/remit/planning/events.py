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
