"""Addresses of requests to other departments."""

from django.urls import path

from . import answering, keeping, listing, page, writing

ONE = "cooperation/<int:cooperation_id>"
urlpatterns = [
    path("cooperation/", listing.listing, name="cooperation_list"),
    path("cooperation/new", writing.new, name="cooperation_new"),
    path(ONE, page.page, name="cooperation_one"),
    path(f"{ONE}/edit", writing.edit, name="cooperation_edit"),
    path(f"{ONE}/files", writing.attach, name="cooperation_attach"),
    path("cooperation/files/<int:cooperation_file_id>", writing.attached, name="cooperation_attached"),
    path(f"{ONE}/request", writing.request_of, name="cooperation_request"),
    path(f"{ONE}/drop", writing.drop, name="cooperation_drop"),
    path(f"{ONE}/answer", answering.answer, name="cooperation_answer"),
    path(f"{ONE}/signature", answering.signature, name="cooperation_signature"),
    path(f"{ONE}/acceptance", keeping.accept, name="cooperation_accept"),
    path(f"{ONE}/done", keeping.report, name="cooperation_done"),
    path(f"{ONE}/missing", keeping.missing, name="cooperation_missing"),
    path(f"{ONE}/confirmation", keeping.confirm, name="cooperation_confirm"),
]
