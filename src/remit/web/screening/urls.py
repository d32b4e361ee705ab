"""Addresses of screening, and of the content that is kept."""

from django.urls import path

from . import contents, findings, own, page, rules

urlpatterns = [
    path("screening", page.page, name="screening_page"),
    path("screening/rules", rules.listing, name="screening_rules"),
    path("screening/own", own.page, name="screening_own"),
    path("screening/own/edit", own.edit, name="screening_own_edit"),
    path("screening/own.yaml", own.export, name="screening_own_export"),
    path("contents/", contents.listing, name="contents_list"),
    path("contents/new", contents.new, name="contents_new"),
    path("contents/<int:content_id>", contents.page, name="contents_content"),
    path("contents/<int:content_id>/edit", contents.edit, name="contents_edit"),
    path("contents/<int:content_id>/review", contents.review, name="contents_review"),
    path("contents/<int:content_id>/withdrawal", contents.withdrawal, name="contents_withdrawal"),
    path("contents/findings", findings.listing, name="contents_findings"),
    path("contents/findings/<int:finding_id>/exception", findings.exception, name="contents_exception"),
]
