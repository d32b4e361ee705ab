"""Addresses of the pages about figures."""

from django.urls import path

from . import catalogue_pages, customers, explorer, heat

urlpatterns = [
    path("figures", catalogue_pages.metrics, name="figures_metrics"),
    path("figures/explore", explorer.explore, name="figures_explorer"),
    path("figures/heat", heat.heat, name="figures_heat"),
    path("figures/customers", customers.customers, name="figures_customers"),
    path("figures/cohorts", customers.cohorts, name="figures_cohorts"),
    path("figures/metrics/<slug:name>", catalogue_pages.metric, name="figures_metric"),
]
