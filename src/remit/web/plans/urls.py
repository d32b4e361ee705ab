"""Addresses of campaign plans."""

from django.urls import path

from . import audience, carrying, document, ending, listing, page, scores, templates, writing

urlpatterns = [
    path("plans/", listing.listing, name="plans_list"),
    path("estimates/scores", scores.scores, name="estimates_scores"),
    path("plans/new", writing.new, name="plans_new"),
    path("plans/templates", templates.listing, name="plans_templates"),
    path("plans/templates/<int:plan_template_id>/removal", templates.remove, name="plans_template_removal"),
    path("plans/<int:campaign_plan_id>", page.page, name="plans_plan"),
    path("plans/<int:campaign_plan_id>/pdf", document.document, name="plans_pdf"),
    path("plans/<int:campaign_plan_id>/audience", audience.page, name="plans_audience"),
    path("plans/<int:campaign_plan_id>/audience/removal", audience.drop, name="plans_audience_removal"),
    path("plans/<int:campaign_plan_id>/edit", writing.edit, name="plans_edit"),
    path("plans/<int:campaign_plan_id>/copy", writing.copy, name="plans_copy"),
    path("plans/<int:campaign_plan_id>/template", templates.take, name="plans_take_template"),
    path("plans/<int:campaign_plan_id>/templates", templates.keep, name="plans_keep_template"),
    path("plans/<int:campaign_plan_id>/estimates", carrying.estimate, name="plans_estimate"),
    path("plans/<int:campaign_plan_id>/approval", carrying.approval, name="plans_approval"),
    path("plans/<int:campaign_plan_id>/launch", carrying.launch, name="plans_launch"),
    path("plans/<int:campaign_plan_id>/deviations/new", carrying.deviation, name="plans_deviation"),
    path("plans/deviations/<int:deviation_id>/drop", carrying.drop, name="plans_deviation_drop"),
    path("plans/<int:campaign_plan_id>/results", ending.results, name="plans_results"),
    path("plans/measures/<int:measure_id>/result", ending.result, name="plans_result"),
    path("plans/<int:campaign_plan_id>/retrospective", ending.retrospective, name="plans_retrospective"),
    path("plans/<int:campaign_plan_id>/close", ending.close, name="plans_close"),
    path("plans/<int:campaign_plan_id>/cancel", ending.cancel, name="plans_cancel"),
]
