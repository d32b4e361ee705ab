"""Addresses of meetings."""

from django.urls import path

from . import actions, agenda, calendar, listing, page, running, series, settling, writing

urlpatterns = [
    path("meetings/", listing.coming, name="meetings_list"),
    path("meetings/past", listing.past, name="meetings_past"),
    path("meetings/actions", actions.listing, name="meetings_actions"),
    path("meetings/new", writing.new, name="meetings_new"),
    path("meetings/address", calendar.address, name="meetings_feed_address"),
    path("meetings/series", series.listing, name="meetings_series_list"),
    path("meetings/series/new", series.new, name="meetings_series_new"),
    path("meetings/series/<int:meeting_series_id>", series.page, name="meetings_series"),
    path("meetings/series/<int:meeting_series_id>/edit", series.edit, name="meetings_series_edit"),
    path("meetings/series/<int:meeting_series_id>/end", series.end, name="meetings_series_end"),
    path("meetings/<int:meeting_id>", page.page, name="meetings_meeting"),
    path("meetings/<int:meeting_id>/edit", writing.edit, name="meetings_edit"),
    path("meetings/<int:meeting_id>/cancel", writing.cancel, name="meetings_cancel"),
    path("meetings/<int:meeting_id>/items", agenda.add, name="meetings_items"),
    path("meetings/<int:meeting_id>/start", running.start, name="meetings_start"),
    path("meetings/<int:meeting_id>/minutes", running.minutes, name="meetings_minutes"),
    path("meetings/<int:meeting_id>/close", running.close, name="meetings_close"),
    path("meetings/<int:meeting_id>/actions", actions.give, name="meetings_give"),
    path("meetings/<int:meeting_id>/ics", calendar.download, name="meetings_ics"),
    path("meetings/items/<int:agenda_item_id>/edit", agenda.edit, name="meetings_item_edit"),
    path("meetings/items/<int:agenda_item_id>/removal", agenda.remove, name="meetings_item_removal"),
    path("meetings/items/<int:agenda_item_id>/up", agenda.up, name="meetings_item_up"),
    path("meetings/items/<int:agenda_item_id>/file", agenda.file, name="meetings_item_file"),
    path("meetings/items/<int:agenda_item_id>/vote", settling.vote, name="meetings_vote"),
    path("meetings/items/<int:agenda_item_id>/objection", settling.objection, name="meetings_objection"),
    path("meetings/items/<int:agenda_item_id>/decision", settling.decision, name="meetings_decision"),
    path("meetings/items/<int:agenda_item_id>/deferral", settling.deferral, name="meetings_deferral"),
    path("meetings/items/<int:agenda_item_id>/reopening", settling.reopening, name="meetings_reopening"),
    path("meetings/objections/<int:objection_id>/removal", settling.withdrawal, name="meetings_withdrawal"),
    path("meetings/actions/<int:meeting_action_id>/done", actions.done, name="meetings_action_done"),
    path("calendar/meetings/<str:secret>.ics", calendar.feed, name="meetings_feed"),
]
