"""Addresses of approvals."""

from django.urls import path

from . import figures, inbox, page, policies, shipped

urlpatterns = [
    path("approvals/", inbox.inbox, name="approvals_inbox"),
    path("approvals/requests", inbox.listing, name="approvals_requests"),
    path("approvals/requests/<int:request_id>", page.page, name="approvals_request"),
    path("approvals/requests/<int:request_id>/submission", page.submission, name="approvals_submission"),
    path("approvals/requests/<int:request_id>/withdrawal", page.withdrawal, name="approvals_withdrawal"),
    path("approvals/requests/<int:request_id>/green", page.green, name="approvals_green"),
    path("approvals/requests/<int:request_id>/papers/<slug:code>", page.paper, name="approvals_paper"),
    path("approvals/requests/<int:request_id>/signature", page.signature, name="approvals_signature"),
    path("approvals/figures", figures.page, name="approvals_figures"),
    path("approvals/policies", policies.listing, name="approvals_policies"),
    path("approvals/policies/<slug:kind>", policies.page, name="approvals_policy"),
    path("approvals/policies/<slug:kind>/edit", policies.edit, name="approvals_policy_edit"),
    path("approvals/policies/<slug:kind>/shipped", shipped.page, name="approvals_policy_shipped"),
]
