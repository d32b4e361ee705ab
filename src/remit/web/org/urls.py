"""Addresses of units, people and positions."""

from django.urls import path

from . import assessments, guidance, ladders, matrix, newcomers, people, positions, skills, successors, units

urlpatterns = [
    path("team/units", units.tree, name="org_units"),
    path("team/units/new", units.new, name="org_unit_new"),
    path("team/units/<int:unit_id>", units.page, name="org_unit"),
    path("team/units/<int:unit_id>/edit", units.edit, name="org_unit_edit"),
    path("team/units/<int:unit_id>/place", units.place, name="org_unit_place"),
    path("team/units/<int:unit_id>/zones", units.zone, name="org_unit_zone"),
    path("team/people", people.listing, name="org_people"),
    path("team/people/new", people.new, name="org_person_new"),
    path("team/people/<int:person_id>", people.page, name="org_person"),
    path("team/people/<int:person_id>/edit", people.edit, name="org_person_edit"),
    path("team/people/<int:person_id>/account", people.account, name="org_person_account"),
    path("team/people/<int:person_id>/assignments", people.assignments, name="org_person_assignments"),
    path("team/assignments/<int:assignment_id>/end", people.end, name="org_assignment_end"),
    path("team/positions", positions.listing, name="org_positions"),
    path("team/positions/new", positions.new, name="org_position_new"),
    path("team/positions/<int:position_id>", positions.page, name="org_position"),
    path("team/positions/<int:position_id>/skills", positions.skills, name="org_position_skills"),
    path("team/shipped", positions.shipped, name="org_shipped"),
    path("team/skills", skills.listing, name="org_skills"),
    path("team/skills/new", skills.new, name="org_skill_new"),
    path("team/skills/<int:skill_id>", skills.edit, name="org_skill"),
    path("team/matrix", matrix.matrix, name="org_matrix"),
    path("team/people/<int:person_id>/skills", assessments.skills, name="org_person_skills"),
    path(
        "team/people/<int:person_id>/confirmations", guidance.confirmations, name="org_person_confirmations"
    ),
    path(
        "team/confirmations/<int:confirmation_id>/removal",
        guidance.confirmation_removal,
        name="org_confirmation_removal",
    ),
    path("team/people/<int:person_id>/mentorings", guidance.mentorings, name="org_person_mentorings"),
    path("team/mentorings/<int:mentoring_id>/end", guidance.mentoring_end, name="org_mentoring_end"),
    path("team/people/<int:person_id>/plans", newcomers.plans, name="org_person_plans"),
    path("team/plans/<int:plan_id>", newcomers.plan, name="org_plan"),
    path("team/plans/<int:plan_id>/check-ins", newcomers.check_ins, name="org_plan_check_ins"),
    path("team/plan-steps/<int:step_id>", newcomers.step, name="org_plan_step"),
    path("team/first-days", newcomers.template, name="org_first_days"),
    path("team/first-days/<int:step_id>", newcomers.template_step, name="org_first_day"),
    path(
        "team/first-days/<int:step_id>/removal",
        newcomers.template_step_removal,
        name="org_first_day_removal",
    ),
    path("team/ladders", ladders.listing, name="org_ladders"),
    path("team/ladders/new", ladders.new, name="org_ladder_new"),
    path("team/ladders/<int:ladder_id>", ladders.page, name="org_ladder"),
    path("team/ladders/<int:ladder_id>/rungs", ladders.rungs, name="org_ladder_rungs"),
    path(
        "team/ladders/<int:ladder_id>/rungs/<int:rung_id>/removal",
        ladders.rung_removal,
        name="org_rung_removal",
    ),
    path("team/ladders/<int:ladder_id>/criteria", ladders.criteria, name="org_ladder_criteria"),
    path(
        "team/ladders/<int:ladder_id>/criteria/<int:criterion_id>/removal",
        ladders.criterion_removal,
        name="org_criterion_removal",
    ),
    path("team/successors", successors.listing, name="org_successors"),
    path("team/successors/new", successors.new, name="org_successor_new"),
    path("team/successors/<int:successor_id>/removal", successors.removal, name="org_successor_removal"),
    path("team/positions/<int:position_id>/edit", positions.edit, name="org_position_edit"),
]
