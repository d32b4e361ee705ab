"""Addresses of experiments."""

from django.urls import path

from . import listing, moving, page, writing

urlpatterns = [
    path("experiments/", listing.listing, name="experiments_list"),
    path("experiments/layers", listing.layers, name="experiments_layers"),
    path("experiments/new", writing.new, name="experiments_new"),
    path("experiments/<int:experiment_id>", page.page, name="experiments_experiment"),
    path("experiments/<int:experiment_id>/edit", writing.edit, name="experiments_edit"),
    path("experiments/<int:experiment_id>/forecast", moving.forecast, name="experiments_forecast"),
    path("experiments/<int:experiment_id>/start", moving.start, name="experiments_start"),
    path("experiments/<int:experiment_id>/reading", moving.reading, name="experiments_reading"),
    path("experiments/<int:experiment_id>/people", moving.people, name="experiments_people"),
    path("experiments/<int:experiment_id>/decision", moving.decision, name="experiments_decision"),
    path("experiments/<int:experiment_id>/roll-out", moving.rolling, name="experiments_roll_out"),
    path("experiments/<int:experiment_id>/cancellation", moving.cancellation, name="experiments_cancel"),
    path("conflicts/<int:conflict_id>/experiment", writing.dispute, name="experiments_dispute"),
]
