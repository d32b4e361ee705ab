"""Addresses of pilots."""

from django.urls import path

from . import choosing, listing, moving, page, writing

urlpatterns = [
    path("pilots/", listing.listing, name="pilots_list"),
    path("pilots/new", writing.new, name="pilots_new"),
    path("pilots/<int:pilot_id>", page.page, name="pilots_pilot"),
    path("pilots/<int:pilot_id>/edit", writing.edit, name="pilots_edit"),
    path("pilots/<int:pilot_id>/waves", moving.wave, name="pilots_wave"),
    path("pilots/<int:pilot_id>/roll-out", moving.rolling, name="pilots_roll_out"),
    path("pilots/<int:pilot_id>/cancellation", moving.cancellation, name="pilots_cancel"),
    path("pilots/waves/<int:wave_id>/outlets", choosing.choosing, name="pilots_outlets"),
    path("pilots/waves/<int:wave_id>/days", moving.days, name="pilots_days"),
    path("pilots/waves/<int:wave_id>/start", moving.start, name="pilots_start"),
    path("pilots/waves/<int:wave_id>/reading", moving.reading, name="pilots_reading"),
    path("pilots/waves/<int:wave_id>/decision", moving.decision, name="pilots_decision"),
]
