"""Addresses of reports."""

from django.urls import path

from . import views

urlpatterns = [
    path("reports/", views.listing, name="reports_list"),
    path("reports/<int:report_id>", views.page, name="reports_report"),
    path("reports/<int:report_id>/pdf", views.document, name="reports_pdf"),
]
