"""Addresses of budgets."""

from django.urls import path

from . import actuals, line, listing, moving, page, rules

urlpatterns = [
    path("budgets/", listing.listing, name="budgets_list"),
    path("budgets/new", page.new, name="budgets_new"),
    path("budgets/<int:budget_id>", page.page, name="budgets_budget"),
    path("budgets/<int:budget_id>/total", page.total, name="budgets_total"),
    path("budgets/<int:budget_id>/lines/new", line.new, name="budgets_line_new"),
    path("budgets/<int:budget_id>/actuals", actuals.actuals, name="budgets_actuals"),
    path("budgets/lines/<int:budget_line_id>", line.page, name="budgets_line"),
    path("budgets/lines/<int:budget_line_id>/remove", line.remove, name="budgets_line_remove"),
    path("budgets/lines/<int:budget_line_id>/movements", moving.movement, name="budgets_movement"),
    path("budgets/lines/<int:budget_line_id>/releases", moving.release, name="budgets_release"),
    path("budgets/lines/<int:budget_line_id>/rules/new", rules.new, name="budgets_rule_new"),
    path("budgets/rules/<int:release_rule_id>", rules.page, name="budgets_rule"),
    path("budgets/rules/<int:release_rule_id>/trial", rules.trial, name="budgets_rule_trial"),
    path("budgets/rules/<int:release_rule_id>/start", rules.start, name="budgets_rule_start"),
    path("budgets/rules/<int:release_rule_id>/end", rules.end, name="budgets_rule_end"),
    path("budgets/entries/<int:budget_entry_id>/back", moving.back, name="budgets_back"),
    path("budgets/releases/<int:release_id>/drop", moving.drop, name="budgets_release_drop"),
]
