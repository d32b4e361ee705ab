"""Addresses of screening."""

from django.urls import path

from . import page, rules

urlpatterns = [
    path("screening", page.page, name="screening_page"),
    path("screening/rules", rules.listing, name="screening_rules"),
]
