"""Addresses of notices."""

from django.urls import path

from . import views

urlpatterns = [
    path("notices", views.listing, name="notices_list"),
    path("notices/reading", views.reading, name="notices_reading"),
    path("notices/<int:notice_id>", views.subject, name="notices_notice"),
]
