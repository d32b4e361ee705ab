"""Addresses of products."""

from django.urls import path

from . import views

urlpatterns = [
    path("products/", views.products, name="products_list"),
    path("products/<int:product_id>", views.product, name="products_product"),
]
