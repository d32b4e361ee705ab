"""Addresses of diagnoses."""

from django.urls import path

from . import listing, page, remedies, whys, writing

urlpatterns = [
    path("diagnoses/", listing.listing, name="diagnoses_list"),
    path("diagnoses/new", writing.new, name="diagnoses_new"),
    path("diagnoses/<int:diagnosis_id>", page.page, name="diagnoses_diagnosis"),
    path("diagnoses/<int:diagnosis_id>/edit", writing.edit, name="diagnoses_edit"),
    path("diagnoses/<int:diagnosis_id>/whys", page.first_why, name="diagnoses_first_why"),
    path("diagnoses/<int:diagnosis_id>/conclusion", page.conclusion, name="diagnoses_conclusion"),
    path("diagnoses/<int:diagnosis_id>/end", page.giving_up, name="diagnoses_drop"),
    path("diagnoses/whys/<int:why_id>", whys.page, name="diagnoses_why"),
    path("diagnoses/whys/<int:why_id>/whys", whys.asking, name="diagnoses_ask"),
    path("diagnoses/whys/<int:why_id>/verdict", whys.verdict, name="diagnoses_verdict"),
    path("diagnoses/whys/<int:why_id>/removal", whys.removal, name="diagnoses_why_removal"),
    path("diagnoses/whys/<int:why_id>/evidence/<slug:kind>", whys.evidence, name="diagnoses_clue"),
    path("diagnoses/whys/<int:why_id>/remedies", remedies.adding, name="diagnoses_remedy"),
    path("diagnoses/evidence/<int:clue_id>/removal", whys.clue_removal, name="diagnoses_clue_removal"),
    path("diagnoses/remedies/<int:remedy_id>/done", remedies.finishing, name="diagnoses_remedy_done"),
    path("diagnoses/remedies/<int:remedy_id>/end", remedies.dropping, name="diagnoses_remedy_drop"),
]
