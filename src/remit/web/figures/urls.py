"""Addresses of the pages about figures."""

from django.urls import path

from . import alerts, catalogue_pages, customers, explorer, heat, metric_pages, questions, scores, targets

urlpatterns = [
    path("figures", catalogue_pages.metrics, name="figures_metrics"),
    path("figures/explore", explorer.explore, name="figures_explorer"),
    path("figures/heat", heat.heat, name="figures_heat"),
    path("figures/customers", customers.customers, name="figures_customers"),
    path("figures/customers/scores", scores.scores, name="figures_scores"),
    path("figures/customers/scores/list", scores.members, name="figures_scores_list"),
    path("figures/cohorts", customers.cohorts, name="figures_cohorts"),
    path("figures/metrics/new", metric_pages.metric_new, name="figures_metric_new"),
    path("figures/metrics/<slug:name>", catalogue_pages.metric, name="figures_metric"),
    path("figures/metrics/<slug:name>/edit", metric_pages.metric_edit, name="figures_metric_edit"),
    path("figures/metrics/<slug:name>/removal", metric_pages.metric_removal, name="figures_metric_removal"),
    path("figures/questions", questions.questions, name="figures_questions"),
    path("figures/questions/new", questions.question_new, name="figures_question_new"),
    path("figures/questions/<int:question_id>", questions.question, name="figures_question"),
    path(
        "figures/questions/<int:question_id>/removal",
        questions.question_removal,
        name="figures_question_removal",
    ),
    path("figures/targets", targets.targets, name="figures_targets"),
    path("figures/targets/new", targets.target_new, name="figures_target_new"),
    path("figures/targets/<int:target_id>", targets.target, name="figures_target"),
    path("figures/targets/<int:target_id>/removal", targets.target_removal, name="figures_target_removal"),
    path("figures/alerts", alerts.alerts, name="figures_alerts"),
    path("figures/alerts/new", alerts.alert_new, name="figures_alert_new"),
    path("figures/alerts/<int:alert_id>", alerts.alert, name="figures_alert"),
    path("figures/alerts/<int:alert_id>/look", alerts.alert_look, name="figures_alert_look"),
    path("figures/alerts/<int:alert_id>/removal", alerts.alert_removal, name="figures_alert_removal"),
]
