"""Addresses of units, people and positions."""

from django.urls import path

from . import calendars, people, positions, units

urlpatterns = [
    path("team/units", units.tree, name="org_units"),
    path("team/units/new", units.new, name="org_unit_new"),
    path("team/units/<int:unit_id>", units.page, name="org_unit"),
    path("team/units/<int:unit_id>/edit", units.edit, name="org_unit_edit"),
    path("team/units/<int:unit_id>/place", units.place, name="org_unit_place"),
    path("team/units/<int:unit_id>/zones", units.zone, name="org_unit_zone"),
    path("team/people", people.listing, name="org_people"),
    path("team/people/new", people.new, name="org_person_new"),
    path("team/people/<int:person_id>", people.page, name="org_person"),
    path("team/people/<int:person_id>/edit", people.edit, name="org_person_edit"),
    path("team/people/<int:person_id>/account", people.account, name="org_person_account"),
    path("team/people/<int:person_id>/assignments", people.assignments, name="org_person_assignments"),
    path("team/assignments/<int:assignment_id>/end", people.end, name="org_assignment_end"),
    path("team/calendars", calendars.calendars, name="org_calendars"),
    path("team/calendars/<str:country>/<int:year>", calendars.year, name="org_calendar_year"),
    path("team/positions", positions.listing, name="org_positions"),
    path("team/positions/new", positions.new, name="org_position_new"),
    path("team/positions/<int:position_id>/edit", positions.edit, name="org_position_edit"),
]
