"""The address of Today."""

from django.urls import path

from . import views

urlpatterns = [path("today", views.today_page, name="today")]
