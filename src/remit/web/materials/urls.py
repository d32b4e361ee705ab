"""Addresses of campaign materials."""

from django.urls import path

from . import views

urlpatterns = [
    path("materials/", views.listing, name="materials_list"),
    path("materials/new", views.new, name="materials_new"),
    path("materials/<int:material_id>", views.page, name="materials_material"),
    path("materials/<int:material_id>/count", views.count, name="materials_count"),
    path("materials/<int:material_id>/needs", views.need, name="materials_need"),
]
