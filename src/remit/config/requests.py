"""Every kind of request, on one page: what it is about, and what is done when the last signature falls.

The room above a kind reads its subject and acts; ``governance`` knows neither.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remit.execution.enums import Feasibility
from remit.governance.clauses import DATE, FLAG, LIST, NUMBER, TEXT
from remit.governance.enums import ContentChannel
from remit.governance.kinds import Answering, Fact, Kind, Part
from remit.planning.enums import CampaignKind, PromotionGoal

KINDS_OF_CAMPAIGN = dict(CampaignKind.choices)
ROLES = {
    "unit_lead": _("Head of the unit"),
    "project_lead": _("Lead of the joint team"),
    "arbiter": _("Arbiter of the joint team"),
}

CAMPAIGN = Kind(
    code="campaign",
    title=_("Campaign"),
    read_at="remit.planning.queries.subjects.read_plan",
    approve_at="remit.planning.actions.approval.approve_plan",
    submit_at="remit.planning.actions.approval.campaign_submitted",
    facts={
        "kind": Fact(TEXT, _("kind of campaign")),
        "promotion_goal": Fact(TEXT, _("what the promotion is for")),
        "money": Fact(NUMBER, _("money")),
        "currency": Fact(TEXT, _("currency")),
        "brand": Fact(TEXT, _("brand")),
        "starts_on": Fact(DATE, _("first day")),
        "ends_on": Fact(DATE, _("last day")),
        "within_limit": Fact(FLAG, _("within what the unit decides alone")),
        "has_pain_point": Fact(FLAG, _("a pain point with its evidence is named")),
        "has_objective": Fact(FLAG, _("it says what is to be reached")),
        "has_project": Fact(FLAG, _("a joint team is named")),
        "measures": Fact(LIST, _("kinds of measures")),
        "serves_goal": Fact(FLAG, _("it serves a goal")),
        "shares_add_up": Fact(FLAG, _("the shares of its goals add up to 100 %")),
    },
    roles=ROLES,
    parts={
        "title": Part(_("Title")),
        "kind": Part(_("Kind"), "choice", KINDS_OF_CAMPAIGN),
        "promotion_goal": Part(_("What the promotion is for"), "choice", dict(PromotionGoal.choices)),
        "unit": Part(_("Unit"), "unit"),
        "owner": Part(_("Owner"), "person"),
        "project": Part(_("Joint team"), "project"),
        "money": Part(_("Money"), "money"),
        "starts_on": Part(_("First day"), "day"),
        "ends_on": Part(_("Last day"), "day"),
        "objective": Part(_("What is to be reached")),
        "objectives": Part(_("Goals that it serves"), "objectives"),
        "measures": Part(_("Judged by"), "measures"),
        "pain_point": Part(_("Customer pain point")),
        "evidence": Part(_("Its evidence")),
        "audience": Part(_("Audience")),
        "listed": Part(_("Customers by name"), "audience_list"),
        "channels": Part(_("Channels")),
        "brand": Part(_("Brand")),
        "theme": Part(_("Annual theme")),
    },
    papers={"roi_estimate": "estimate"},
)

DEVIATION = Kind(
    code="deviation",
    title=_("Deviation"),
    read_at="remit.planning.queries.subjects.read_deviation",
    approve_at="remit.planning.actions.deviation.apply_deviation",
    refuse_at="remit.planning.actions.deviation.end_deviation",
    facts={
        "kind": Fact(TEXT, _("kind of campaign")),
        "money_before": Fact(NUMBER, _("money before")),
        "money_after": Fact(NUMBER, _("money after")),
        "currency": Fact(TEXT, _("currency")),
        "changes": Fact(LIST, _("what changes")),
        "is_running": Fact(FLAG, _("it has been launched")),
    },
    roles=ROLES,
    parts={
        "plan": Part(_("Campaign")),
        "unit": Part(_("Unit"), "unit"),
        "reason": Part(_("Reason")),
        "changes": Part(_("Changes"), "changes", of="campaign"),
    },
)

BUDGET_RELEASE = Kind(
    code="budget_release",
    title=_("Release from the reserve"),
    read_at="remit.planning.queries.subjects.read_release",
    approve_at="remit.planning.actions.release.apply_release",
    refuse_at="remit.planning.actions.release.end_release",
    facts={
        "amount": Fact(NUMBER, _("amount")),
        "currency": Fact(TEXT, _("currency")),
        "reserve": Fact(NUMBER, _("reserve that is left")),
        "overrun": Fact(NUMBER, _("overrun of the line")),
        "has_plan": Fact(FLAG, _("the line belongs to a campaign")),
    },
    roles={"unit_lead": _("Head of the unit")},
    parts={
        "line": Part(_("Budget line")),
        "budget": Part(_("Budget")),
        "unit": Part(_("Unit"), "unit"),
        "amount": Part(_("Amount"), "money"),
        "reason": Part(_("Reason")),
    },
)

CONTENT = Kind(
    code="content",
    title=_("Content review"),
    read_at="remit.governance.queries.contents.read_content",
    approve_at="remit.governance.actions.content_item.publish_approved",
    facts={
        "channel": Fact(TEXT, _("channel")),
        "industry": Fact(TEXT, _("industry that was given")),
        "industries": Fact(LIST, _("industries that the text tells")),
        "verdict": Fact(TEXT, _("gravest finding of screening: pass, change or stop")),
        "stops": Fact(NUMBER, _("places that must not be published")),
        "to_change": Fact(NUMBER, _("places to be corrected")),
        "rules": Fact(LIST, _("codes of the rules that it breaks")),
        "laws": Fact(LIST, _("codes of the laws that it breaks")),
        "is_live": Fact(FLAG, _("it is live")),
    },
    parts={
        "title": Part(_("Title")),
        "channel": Part(_("Channel"), "choice", dict(ContentChannel.choices)),
        "industry": Part(_("Industry")),
        "unit": Part(_("Unit"), "unit"),
        "owner": Part(_("Owner"), "person"),
        "text": Part(_("Text")),
    },
)

COOPERATION = Kind(
    code="cooperation",
    title=_("Request to another department"),
    read_at="remit.execution.queries.cooperation.read_cooperation",
    submit_at="remit.execution.actions.cooperation.cooperation_submitted",
    approve_at="remit.execution.actions.feasibility.cooperation_answered",
    refuse_at="remit.execution.actions.feasibility.cooperation_declined",
    facts={
        "needed_on": Fact(DATE, _("day on which it is needed")),
        "department": Fact(TEXT, _("code of the asked unit")),
        "position": Fact(TEXT, _("code of the asked position")),
        "effort_days": Fact(NUMBER, _("person-days wished")),
        "money": Fact(NUMBER, _("money")),
        "currency": Fact(TEXT, _("currency")),
        "has_purpose": Fact(FLAG, _("it says what for")),
        "has_plan": Fact(FLAG, _("it belongs to a campaign")),
        "own_department": Fact(FLAG, _("it is asked of one's own department")),
    },
    roles={"asked_lead": _("Head of the asked department")},
    parts={
        "title": Part(_("Title")),
        "what": Part(_("What is needed")),
        "purpose": Part(_("What for")),
        "plan": Part(_("Campaign")),
        "needed_on": Part(_("Needed by"), "day"),
        "effort_days": Part(_("Person-days wished")),
        "money": Part(_("Money wished"), "money"),
        "unit": Part(_("Asking unit"), "unit"),
        "asker": Part(_("Asked by"), "person"),
        "asked_unit": Part(_("Asked unit"), "unit"),
        "asked_position": Part(pgettext_lazy("cooperation", "Department"), "position"),
        "files": Part(_("Papers"), "list"),
    },
    answering=Answering(
        role="asked_lead",
        read_at="remit.execution.queries.cooperation.read_answer",
        parts={
            "feasibility": Part(_("Feasibility"), "choice", dict(Feasibility.choices)),
            "conditions": Part(_("On which conditions")),
            "from_on": Part(_("Feasible from"), "day"),
            "reason": Part(_("Why not")),
            "doer": Part(_("Who does it"), "person"),
            "due_on": Part(_("Done by"), "day"),
            "note": Part(_("Note")),
        },
    ),
)

REQUESTS: dict[str, Kind] = {
    kind.code: kind for kind in (CAMPAIGN, DEVIATION, BUDGET_RELEASE, CONTENT, COOPERATION)
}
