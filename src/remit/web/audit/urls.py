"""Addresses of the record."""

from django.urls import path

from . import views

urlpatterns = [
    path("audit", views.events, name="audit_events"),
    path("audit/verification", views.verification, name="audit_verification"),
]
