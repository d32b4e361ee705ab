"""Addresses of customers."""

from django.urls import path

from . import views

urlpatterns = [
    path("customers/", views.customers, name="customers_list"),
    path("customers/<int:customer_id>", views.customer, name="customers_customer"),
]
