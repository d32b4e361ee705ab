"""Addresses of the register of endorsers and creators."""

from django.urls import path

from . import engaging, keeping, listing, page

urlpatterns = [
    path("creators/", listing.listing, name="creators_list"),
    path("creators/new", keeping.new, name="creators_new"),
    path("creators/<int:creator_id>", page.page, name="creators_creator"),
    path("creators/<int:creator_id>/edit", keeping.edit, name="creators_edit"),
    path("creators/<int:creator_id>/contracts", keeping.contract, name="creators_contract"),
    path("creators/<int:creator_id>/end", keeping.end, name="creators_end"),
    path("creators/<int:creator_id>/return", keeping.resume, name="creators_resume"),
    path("creators/<int:creator_id>/engagements", engaging.engaged, name="creators_engaged"),
    path("creators/contracts/<int:contract_id>/file", keeping.file, name="creators_file"),
    path("creators/contracts/<int:contract_id>/withdrawal", keeping.withdraw, name="creators_withdraw"),
    path("creators/engagements/<int:engagement_id>/removal", engaging.remove, name="creators_disengage"),
    path("plans/<int:campaign_plan_id>/engagements", engaging.engaging, name="creators_engage"),
]
