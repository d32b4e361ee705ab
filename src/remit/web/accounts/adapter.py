"""How log-in behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """People are added by the department, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
