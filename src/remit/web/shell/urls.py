"""Addresses of the frame."""

from django.urls import path

from . import list_views, views

urlpatterns = [
    path("", views.start, name="start"),
    path("language", views.language_choice, name="language_choice"),
    path("theme", views.theme_choice, name="theme_choice"),
    path("lists/<slug:name>/views", list_views.save, name="list_views"),
    path("lists/views/<int:view_id>/removal", list_views.removal, name="list_view_removal"),
    path("palette", views.palette, name="palette"),
]
