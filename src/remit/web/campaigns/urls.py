"""Addresses of campaigns."""

from django.urls import path

from . import control, effects, result, views

urlpatterns = [
    path("campaigns/", views.campaigns, name="campaigns_list"),
    path("campaigns/effects", effects.effects, name="campaigns_effects"),
    path("campaigns/<int:campaign_id>/measurement", result.measure, name="campaigns_measurement"),
    path("campaigns/<int:campaign_id>/holdout", control.hold, name="campaigns_holdout"),
    path("campaigns/<int:campaign_id>/audience.csv", control.audience, name="campaigns_audience"),
    path("campaigns/<int:campaign_id>", views.campaign, name="campaigns_campaign"),
]
