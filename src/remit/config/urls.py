"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("remit.web.urls")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "remit.web.shell.errors.bad_request"
handler403 = "remit.web.shell.errors.forbidden"
handler404 = "remit.web.shell.errors.missing"
handler429 = "remit.web.shell.errors.too_many"
