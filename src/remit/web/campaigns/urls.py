"""Addresses of campaigns."""

from django.urls import path

from . import views

urlpatterns = [
    path("campaigns/", views.campaigns, name="campaigns_list"),
    path("campaigns/<int:campaign_id>", views.campaign, name="campaigns_campaign"),
]
