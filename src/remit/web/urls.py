"""Every page, folder by folder."""

from django.urls import include, path

urlpatterns = [
    path("", include("remit.web.shell.urls")),
    path("", include("remit.web.api.urls")),
    path("", include("remit.web.files.urls")),
    path("", include("remit.web.imports.urls")),
    path("", include("remit.web.accounts.urls")),
    path("", include("remit.web.org.urls")),
    path("", include("remit.web.notices.urls")),
    path("", include("remit.web.jobs.urls")),
    path("", include("remit.web.audit.urls")),
    path("", include("remit.web.products.urls")),
    path("", include("remit.web.customers.urls")),
    path("", include("remit.web.channels.urls")),
    path("", include("remit.web.campaigns.urls")),
    path("", include("remit.web.plans.urls")),
    path("", include("remit.web.tasks.urls")),
    path("", include("remit.web.capacity.urls")),
    path("", include("remit.web.risks.urls")),
    path("", include("remit.web.goals.urls")),
    path("", include("remit.web.budgets.urls")),
    path("", include("remit.web.approvals.urls")),
    path("", include("remit.web.meetings.urls")),
    path("", include("remit.web.reports.urls")),
    path("", include("remit.web.screening.urls")),
    path("", include("remit.web.boards.urls")),
    path("", include("remit.web.figures.urls")),
    path("", include("remit.web.duties.urls")),
    path("", include("remit.web.today.urls")),
]
