"""Pages of one's own account. Log-in itself is allauth's, below ``accounts/``."""

from django.urls import path
from django.views.generic import RedirectView

from . import views
from .leaving import log_in_by_provider

urlpatterns = [
    # An address is changed by who manages people; allauth's page would pass by our record.
    path("accounts/email/", RedirectView.as_view(pattern_name="accounts_profile"), name="accounts_email"),
    path("accounts/oidc/<str:provider_id>/login/", log_in_by_provider, name="accounts_provider"),
    path("account/", views.profile, name="accounts_profile"),
    path("account/notices", views.notices, name="accounts_notices"),
    path("account/notices/test", views.notices_test, name="accounts_notices_test"),
    path("account/tokens", views.tokens, name="accounts_tokens"),
    path("account/tokens/<int:token_id>/revocation", views.revocation, name="accounts_token_revocation"),
]
