"""Every page, folder by folder."""

from django.urls import include, path

urlpatterns = [
    path("", include("remit.web.shell.urls")),
]
