"""Addresses of outlets."""

from django.urls import path

from . import views

urlpatterns = [
    path("outlets/", views.outlets, name="channels_outlets"),
    path("outlets/<int:outlet_id>", views.outlet, name="channels_outlet"),
    path("outlets/<int:outlet_id>/placings", views.placings, name="channels_placings"),
]
