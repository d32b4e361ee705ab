"""Addresses of imports."""

from django.urls import path

from . import columns, lists, page, quarantine, steps

urlpatterns = [
    path("imports/", lists.listing, name="imports_list"),
    path("imports/new", lists.upload, name="imports_upload"),
    path("imports/files/<int:file_id>", steps.table, name="imports_table"),
    path("imports/files/<int:file_id>/mapping", columns.mapping, name="imports_mapping"),
    path("imports/files/<int:file_id>/preview", steps.preview, name="imports_preview"),
    path("imports/files/<int:file_id>/import", steps.start, name="imports_start"),
    path("imports/<int:import_id>", page.show, name="imports_page"),
    path("imports/<int:import_id>/run", page.run, name="imports_run"),
    path("imports/<int:import_id>/undo", page.undo, name="imports_undo"),
    path("imports/<int:import_id>/mapping", page.keep, name="imports_keep"),
    path("imports/<int:import_id>/quarantine", quarantine.rows, name="imports_quarantine"),
    path("imports/<int:import_id>/quarantine.csv", quarantine.as_file, name="imports_quarantine_csv"),
    path("imports/<int:import_id>/quarantine/<int:row_id>", quarantine.row, name="imports_row"),
    path("imports/<int:import_id>/corrections", quarantine.corrections, name="imports_corrections"),
    path("imports/<int:import_id>/replay", quarantine.replay, name="imports_replay"),
    path("imports/<int:import_id>/discards", quarantine.discards, name="imports_discards"),
]
