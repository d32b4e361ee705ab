"""Addresses of duties."""

from django.urls import path

from . import calendar, charges, flow, gaps, handbook, handovers, matrix, reviewing, whatif, work

urlpatterns = [
    path("duties/map", flow.flow, name="duties_flow"),
    path("duties/calendar", calendar.month, name="duties_calendar"),
    path("duties/calendar/address", calendar.feed_address, name="duties_feed_address"),
    path("calendar/<str:secret>.ics", calendar.feed, name="duties_feed"),
    path("duties/handbook", handbook.listing, name="duties_handbook"),
    path("duties/handbook/<str:code>", handbook.duty, name="duties_duty"),
    path("duties/work", work.listing, name="duties_work"),
    path("duties/work/submissions", reviewing.deliver_many, name="duties_submissions"),
    path("duties/work/reviews", reviewing.accept_many, name="duties_reviews"),
    path("duties/work/<int:occurrence_id>", work.page, name="duties_occurrence"),
    path("duties/work/<int:occurrence_id>/evidence", work.evidence, name="duties_evidence"),
    path("duties/work/<int:occurrence_id>/submission", reviewing.submission, name="duties_submission"),
    path("duties/work/<int:occurrence_id>/review", reviewing.review, name="duties_review"),
    path("duties/work/<int:occurrence_id>/waiver", reviewing.waiver, name="duties_waiver"),
    path("duties/evidence/<int:evidence_id>/withdrawal", work.withdrawal, name="duties_withdrawal"),
    path("duties/sightings/<int:sighting_id>/use", reviewing.sighting, name="duties_sighting"),
    path("duties/handovers", handovers.listing, name="duties_handovers"),
    path("duties/handovers/taken", handovers.take_many, name="duties_handovers_taken"),
    path("duties/handovers/<int:handover_id>", handovers.page, name="duties_handover"),
    path("duties/handovers/<int:handover_id>/step", handovers.step, name="duties_handover_step"),
    path("duties/matrix", matrix.page, name="duties_matrix"),
    path("duties/matrix/<int:unit_id>/charges", matrix.giving, name="duties_giving"),
    path("duties/charges/<int:charge_id>", charges.page, name="duties_charge"),
    path("duties/charges/<int:charge_id>/roles", charges.roles, name="duties_roles"),
    path("duties/charges/<int:charge_id>/end", charges.end, name="duties_charge_end"),
    path("duties/charges/<int:charge_id>/readings", charges.reading, name="duties_readings"),
    path("duties/gaps", gaps.page, name="duties_gaps"),
    path("duties/gaps/what-if", whatif.page, name="duties_what_if"),
]
