"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("remit.web.urls")),
    path("accounts/", include("allauth.urls")),
]
