"""Addresses of the frame."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.start, name="start"),
    path("language", views.language_choice, name="language_choice"),
    path("theme", views.theme_choice, name="theme_choice"),
    path("palette", views.palette, name="palette"),
]
