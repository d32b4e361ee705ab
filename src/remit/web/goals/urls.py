"""Addresses of strategies and goals."""

from django.urls import path

from . import carrying, listing, page, splitting, strategies, writing

urlpatterns = [
    path("goals/", listing.listing, name="goals_list"),
    path("goals/new", writing.new, name="goals_new"),
    path("goals/<int:goal_id>", page.page, name="goals_goal"),
    path("goals/<int:goal_id>/edit", writing.edit, name="goals_edit"),
    path("goals/<int:goal_id>/activation", carrying.activation, name="goals_activation"),
    path("goals/<int:goal_id>/split", splitting.split, name="goals_split"),
    path("goals/<int:goal_id>/split/removal", splitting.undo, name="goals_split_removal"),
    path("goals/<int:goal_id>/lever", carrying.lever, name="goals_lever"),
    path("goals/<int:goal_id>/readings", carrying.reading, name="goals_reading"),
    path("goals/<int:goal_id>/end", carrying.end, name="goals_end"),
    path("goals/<int:goal_id>/drop", carrying.drop, name="goals_drop"),
    path("goals/<int:goal_id>/removal", carrying.removal, name="goals_removal"),
    path("strategies/new", strategies.new, name="goals_strategy_new"),
    path("strategies/<int:strategy_id>", strategies.page, name="goals_strategy"),
    path("strategies/<int:strategy_id>/edit", strategies.edit, name="goals_strategy_edit"),
    path("strategies/<int:strategy_id>/sources", strategies.source, name="goals_source"),
    path(
        "strategies/sources/<int:source_id>/removal", strategies.source_removal, name="goals_source_removal"
    ),
]
