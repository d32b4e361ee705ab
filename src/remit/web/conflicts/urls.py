"""Addresses of conflicts."""

from django.urls import path

from . import views

urlpatterns = [
    path("conflicts/", views.listing, name="conflicts_list"),
    path("conflicts/new", views.new, name="conflicts_new"),
    path("conflicts/look", views.look, name="conflicts_look"),
    path("conflicts/<int:conflict_id>", views.page, name="conflicts_conflict"),
    path("conflicts/<int:conflict_id>/options", views.option, name="conflicts_option"),
    path("conflicts/<int:conflict_id>/decision", views.decision, name="conflicts_decision"),
    path("conflicts/<int:conflict_id>/consequence", views.consequence, name="conflicts_consequence"),
]
