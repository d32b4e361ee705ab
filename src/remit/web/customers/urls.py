"""Addresses of customers."""

from django.urls import path

from . import identity, views

urlpatterns = [
    path("customers/", views.customers, name="customers_list"),
    path("customers/<int:customer_id>", views.customer, name="customers_customer"),
    path("customers/conflicts", identity.conflicts, name="customers_conflicts"),
    path("customers/conflicts/<int:conflict_id>", identity.conflict, name="customers_conflict"),
    path("customers/conflicts/<int:conflict_id>/decision", identity.decision, name="customers_decision"),
    path("customers/claims/<int:claim_id>/withdrawal", identity.apart, name="customers_apart"),
    path("customers/claims/<int:claim_id>/return", identity.together, name="customers_together"),
]
