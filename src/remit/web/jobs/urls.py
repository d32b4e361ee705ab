"""Addresses of the work in the background."""

from django.urls import path

from . import views

urlpatterns = [
    path("jobs", views.listing, name="jobs_list"),
    path("jobs/<int:job_id>/progress", views.progress, name="jobs_progress"),
]
