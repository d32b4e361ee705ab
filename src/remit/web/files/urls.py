"""Addresses of stored files."""

from django.urls import path

from . import views

urlpatterns = [
    path("files/", views.listing, name="files_list"),
    path("files/<int:file_id>", views.content, name="files_content"),
]
