"""Addresses of risks."""

from django.urls import path

from . import listing, page, writing

urlpatterns = [
    path("risks/", listing.listing, name="risks_list"),
    path("risks/new", writing.new, name="risks_new"),
    path("risks/<int:risk_id>", page.page, name="risks_risk"),
    path("risks/<int:risk_id>/edit", writing.edit, name="risks_edit"),
    path("risks/<int:risk_id>/reviews", page.review, name="risks_review"),
    path("risks/<int:risk_id>/firing", page.fire, name="risks_fire"),
    path("risks/<int:risk_id>/watch", page.watch, name="risks_watch"),
    path("risks/<int:risk_id>/close", page.close, name="risks_close"),
]
