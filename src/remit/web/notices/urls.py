"""Addresses of notices."""

from django.urls import path

from . import robots, views

urlpatterns = [
    path("notices", views.listing, name="notices_list"),
    path("notices/reading", views.reading, name="notices_reading"),
    path("notices/<int:notice_id>", views.subject, name="notices_notice"),
    path("team/units/<int:unit_id>/robot", robots.team, name="notices_team_robot"),
    path("team/units/<int:unit_id>/robots", robots.of_unit, name="notices_unit_robots"),
    path("team/people/<int:person_id>/robots", robots.of_person, name="notices_person_robots"),
]
