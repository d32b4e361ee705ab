"""Address of people's weeks."""

from django.urls import path

from . import views

urlpatterns = [path("capacity/", views.weeks, name="capacity_weeks")]
