"""Addresses of tasks."""

from django.urls import path

from . import listing, page, plan, writing

urlpatterns = [
    path("tasks/", listing.listing, name="tasks_list"),
    path("plans/<int:campaign_plan_id>/tasks", plan.of_campaign, name="tasks_plan"),
    path("plans/<int:campaign_plan_id>/tasks/new", writing.new, name="tasks_new"),
    path("tasks/<int:task_id>", page.page, name="tasks_task"),
    path("tasks/<int:task_id>/edit", writing.edit, name="tasks_edit"),
    path("tasks/<int:task_id>/state", page.state, name="tasks_state"),
    path("tasks/<int:task_id>/files", page.attach, name="tasks_attach"),
    path("tasks/<int:task_id>/carrying", page.carry, name="tasks_carry"),
    path("tasks/checks/<int:check_item_id>", page.check, name="tasks_check"),
    path("tasks/files/<int:task_file_id>", page.attached, name="tasks_attached"),
    path("tasks/slips/<int:slip_id>/shift", writing.shift, name="tasks_shift"),
    path("tasks/slips/<int:slip_id>/leave", writing.leave, name="tasks_leave"),
]
