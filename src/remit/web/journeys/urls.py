"""Addresses of the pages about journeys."""

from django.urls import path

from . import keeping, people, views

urlpatterns = [
    path("journeys", views.home, name="journeys_home"),
    path("journeys/<slug:kind>", views.ask, name="journeys_ask"),
    path("journeys/<slug:kind>/people", people.people, name="journeys_people"),
    path("journeys/<slug:kind>/saving", keeping.save, name="journeys_save"),
    path("journeys/<slug:kind>/tile", keeping.tile, name="journeys_tile"),
    path("journeys/<slug:kind>/alert", keeping.alert, name="journeys_alert"),
]
